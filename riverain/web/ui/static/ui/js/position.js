/**
 * "Utiliser ma position": asks the device once, fills the place's hidden fields, says in words what
 * came of it. Announces a `riverain:place` event on the place, which the map follows.
 */

import { ask, tell } from "riverain/here";

/** @typedef {{ longitude: number, latitude: number }} Point */

const WAIT_MS = 15_000;

/**
 * The sentence for a failure of the browser's geolocation (1 refused, 2 unavailable, 3 too long).
 * @param {number} code
 * @param {DOMStringMap} words
 */
export function reason(code, words) {
  return (code === 1 ? words.denied : code === 3 ? words.timeout : words.unavailable) ?? "";
}

/**
 * Writes a point into the two hidden fields of a place.
 * @param {HTMLElement} place
 * @param {Point} point
 */
export function write(place, { longitude, latitude }) {
  for (const [id, value] of [[place.dataset.longitude, longitude], [place.dataset.latitude, latitude]]) {
    const field = document.getElementById(String(id));
    // Six digits: ten centimetres, more than any phone knows.
    if (field instanceof HTMLInputElement) field.value = Number(value).toFixed(6);
  }
}

/**
 * Empties them: nothing is chosen any more.
 * @param {HTMLElement} place
 */
export function forget(place) {
  for (const id of [place.dataset.longitude, place.dataset.latitude]) {
    const field = document.getElementById(String(id));
    if (field instanceof HTMLInputElement) field.value = "";
  }
}

/**
 * @param {HTMLElement} place
 * @returns {Point | null} what the fields hold
 */
export function read(place) {
  const [longitude, latitude] = [place.dataset.longitude, place.dataset.latitude].map((id) => {
    const field = document.getElementById(id ?? "");
    return field instanceof HTMLInputElement && field.value !== "" ? Number(field.value.replace(",", ".")) : NaN;
  });
  return longitude !== undefined && latitude !== undefined && Number.isFinite(longitude + latitude)
    ? { longitude, latitude }
    : null;
}

/** @param {HTMLElement} button */
export function attach(button) {
  const place = /** @type {HTMLElement | null} */ (button.closest("[data-place]"));
  if (!place || !navigator.geolocation || !window.isSecureContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    tell(place, button.dataset.asking ?? "");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        write(place, coords);
        // No device is as sure as "0 metres"; and the word is a plural.
        tell(place, (button.dataset.found ?? "").replace("{n}", String(Math.max(2, Math.ceil(coords.accuracy)))));
        place.dispatchEvent(
          new CustomEvent("riverain:place", { detail: { longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy } }),
        );
        ask(place, coords);
      },
      ({ code }) => tell(place, reason(code, button.dataset), true),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
    );
  });
}
