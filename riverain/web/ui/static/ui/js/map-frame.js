/**
 * What every map of ours has: Leaflet, fetched with its style, the controls, the manners of the
 * wheel, fingers and motion, and a ground: tiles where the town has chosen some and they come, else
 * the town as we hold it (`riverain/plan`).
 */

import { ground } from "riverain/plan";

/** @typedef {typeof import("leaflet")} Leaflet */
/** @typedef {import("leaflet").Map} LeafletMap */
/** @typedef {import("riverain/mercator").Position} Position */

const PIN =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 21.5s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12z"/>' +
  '<circle class="map-pin-eye" cx="12" cy="9.5" r="2.6"/></svg>';
// The server of tiles may take so long to give its first one.
const PATIENCE_MS = 2_000;
// So many tiles in a row that do not come: it is away, and asked no more.
const AWAY = 3;
const DEEPEST = 19;

/** @type {Promise<Leaflet> | undefined} */
let leaflet;

/** Leaflet is a classic script: loaded as a module for its effect, it leaves itself on `window.L`. */
async function load() {
  const sheets = ["leaflet.css", "map.css"].map((name) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = import.meta.resolve(name);
    return sheet;
  });
  const styled = sheets.map(
    (sheet) =>
      new Promise((resolve, reject) => {
        sheet.addEventListener("load", resolve);
        sheet.addEventListener("error", reject);
      }),
  );
  document.head.prepend(...sheets);
  await Promise.all([import("leaflet"), ...styled]);
  return /** @type {Leaflet} */ (/** @type {any} */ (window).L);
}

/**
 * "3.05,50.63" (longitude, latitude).
 * @param {string} text
 * @returns {Position}
 */
export function point(text) {
  const [longitude = NaN, latitude = NaN] = text.split(",").map(Number);
  return [longitude, latitude];
}

export function pin() {
  const drawn = document.createElement("span");
  drawn.className = "map-pin";
  drawn.innerHTML = PIN;
  return drawn;
}

/** Whether what moves may be seen moving. */
export function moving() {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * A map in its frame.
 * @param {HTMLElement} frame
 * @param {Position} centre
 * @param {number} zoom
 * @param {import("leaflet").MapOptions} options
 * @returns {Promise<{ L: Leaflet, map: LeafletMap }>}
 */
export async function make(frame, [longitude, latitude], zoom, options = {}) {
  const L = await (leaflet ??= load());
  const canvas = document.createElement("div");
  canvas.dataset.canvas = "";
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", frame.dataset.label ?? "");
  frame.replaceChildren(canvas);
  const map = L.map(canvas, {
    zoomControl: false,
    maxZoom: DEEPEST,
    scrollWheelZoom: false,
    zoomAnimation: moving(),
    fadeAnimation: moving(),
    markerZoomAnimation: moving(),
    inertia: moving(),
    ...options,
  }).setView([latitude, longitude], zoom);
  map.attributionControl.setPrefix(false);
  const { zoomIn = "", zoomOut = "" } = frame.dataset;
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  // The wheel scrolls the page until the map is being used.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  lay(L, map, frame);
  return { L, map };
}

/**
 * The tiles that the town chose; when none comes in time, or they stop coming, the drawn town.
 * @param {Leaflet} L
 * @param {LeafletMap} map
 * @param {HTMLElement} frame
 */
function lay(L, map, frame) {
  const { tiles, attribution = "", areas = "", plan = "" } = frame.dataset;
  let drawn = false;
  const draw = () => {
    if (drawn) return;
    drawn = true;
    ground(L, map, { areas, squares: plan });
  };
  if (!tiles) {
    draw();
    return;
  }
  let missed = 0;
  const late = setTimeout(draw, PATIENCE_MS);
  // Leaflet takes what it is given here for markup.
  const credit = document.createElement("span");
  credit.textContent = attribution;
  const layer = L.tileLayer(tiles, { attribution: credit.innerHTML, maxZoom: DEEPEST, referrerPolicy: "no-referrer", className: "map-tiles" });
  layer.on("tileload", () => {
    missed = 0;
    clearTimeout(late);
  });
  layer.on("tileerror", () => {
    missed += 1;
    draw();
    if (missed >= AWAY) layer.remove();
  });
  layer.addTo(map);
}
