/**
 * Offers where a photo was taken as the place of the report, when none was given: `data-photo-place`
 * is the sentence, `data-photo-when` the one that tells the moment too ("{when}"), so that an old
 * picture's place is not taken for here and now; `data-photo-nowhere` is said of one that was taken
 * where nobody receives reports.
 */

import { ask, tell } from "riverain/here";
import { read, write } from "riverain/position";

/** @typedef {import("riverain/exif").Seen} Seen */

/**
 * « hier à 14 h 05 », « le 3 mars 2026 à 14 h 05 » for the camera's own time, which has no zone.
 * @param {string} taken "2026-11-22T14:05"
 * @param {string} language
 */
export function spoken(taken, language, now = new Date()) {
  const at = new Date(taken);
  const french = language.startsWith("fr");
  // As the rest of the page in English: days before months, twenty-four hours.
  const tongue = language === "en" ? "en-GB" : language;
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  const time = at.toLocaleTimeString(tongue, { hour: "2-digit", minute: "2-digit" });
  const date = at.toLocaleDateString(tongue, { day: "numeric", month: "long", year: "numeric" });
  const near = new Intl.RelativeTimeFormat(tongue, { numeric: "auto" }).format(-days, "day");
  const isNear = days >= 0 && days < 2;
  if (!french) return `${isNear ? near : `on ${date}`} at ${time}`;
  const day = isNear ? near.replace("'", "’") : `le ${date.replace(/^1 /, "1er ")}`;
  return `${day} à ${time.replace(/^0/, "").replace(":", "\u00a0h\u00a0")}`;
}

/**
 * The address is asked, so that what is sent can be checked.
 * @param {HTMLFormElement} form
 * @param {Seen} seen
 */
export async function remember(form, { point, taken }) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-place]"));
  const words = /** @type {HTMLElement | null} */ (form.querySelector("[data-photo-place]"));
  const address = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=address]"));
  if (!point || !place || !words || read(place) || address?.value) return;
  write(place, point);
  place.dispatchEvent(new CustomEvent("riverain:place", { detail: point, bubbles: true }));
  const { photoPlace = "", photoWhen = "", photoNowhere = "" } = words.dataset;
  const sentence = taken ? photoWhen.replace("{when}", spoken(taken, document.documentElement.lang)) : photoPlace;
  tell(place, sentence);
  await ask(place, point, ({ said, inside, nowhere }) => (inside ? sentence : nowhere ? photoNowhere : said));
}

/** @param {HTMLElement} element */
export function attach(element) {
  const form = element.closest("form");
  form?.addEventListener("riverain:seen", (event) => remember(form, /** @type {CustomEvent<Seen>} */ (event).detail));
}
