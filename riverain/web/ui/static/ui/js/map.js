/**
 * A map, fetched when it comes into view. `data-map="pick"`: the point is what lies under the pin at
 * the centre; dragging, tapping or the arrow keys move the map, and the hidden fields follow.
 * `data-map="view"`: shows a point. Without tiles (none chosen, or none answers) the town's areas
 * are drawn. A map is never the only way: the page works when this module fails.
 */

import { read, tell, write } from "riverain/position";

/** @typedef {typeof import("leaflet")} Leaflet */
/** @typedef {import("riverain/position").Point} Point */

const PIN =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 21.5s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12z"/>' +
  '<circle class="map-pin-eye" cx="12" cy="9.5" r="2.6"/></svg>';
const CLOSE = 17;
const STILL_METRES = 0.5;

/** @type {Promise<Leaflet> | undefined} */
let leaflet;

/** Leaflet is a classic script: loaded as a module for its effect, it leaves itself on `window.L`. */
async function load() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = import.meta.resolve("leaflet.css");
  const styled = new Promise((resolve, reject) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", reject);
  });
  document.head.prepend(sheet);
  await Promise.all([import("leaflet"), styled]);
  return /** @type {Leaflet} */ (/** @type {any} */ (window).L);
}

/**
 * "3.05,50.63" (longitude, latitude).
 * @param {string} text
 * @returns {Point}
 */
export function point(text) {
  const [longitude = NaN, latitude = NaN] = text.split(",").map(Number);
  return { longitude, latitude };
}

/**
 * @param {Leaflet} L
 * @param {import("leaflet").Map} map
 * @param {string} url
 */
async function drawAreas(L, map, url) {
  if (!url) return;
  const answer = await fetch(url);
  if (!answer.ok) return;
  L.geoJSON(await answer.json(), {
    interactive: false,
    style: { className: "map-area" },
    onEachFeature: (feature, layer) => {
      const name = document.createElement("span");
      name.textContent = feature.properties?.name ?? "";
      layer.bindTooltip(name, { permanent: true, direction: "center", className: "map-name" });
    },
  }).addTo(map);
}

/**
 * @param {Leaflet} L
 * @param {HTMLElement} frame
 * @param {Point} centre
 * @param {number} zoom
 */
function make(L, frame, centre, zoom) {
  const canvas = document.createElement("div");
  frame.replaceChildren(canvas);
  canvas.dataset.canvas = "";
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", frame.dataset.label ?? "");
  const moving = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    zoomControl: false,
    // Zooming keeps the centre: the point under the pin does not slip.
    scrollWheelZoom: false,
    touchZoom: "center",
    doubleClickZoom: "center",
    zoomAnimation: moving,
    fadeAnimation: moving,
    inertia: moving,
  }).setView([centre.latitude, centre.longitude], zoom);
  map.attributionControl.setPrefix(false);
  const { zoomIn = "", zoomOut = "", tiles, attribution = "", areas = "" } = frame.dataset;
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  // The wheel scrolls the page until the map is being used.
  map.on("focus", () => {
    map.options.scrollWheelZoom = "center";
    map.scrollWheelZoom.enable();
  });
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (tiles) {
    const layer = L.tileLayer(tiles, { attribution, maxZoom: 19 });
    layer.once("tileerror", () => drawAreas(L, map, areas));
    layer.addTo(map);
  } else drawAreas(L, map, areas);
  return map;
}

/**
 * @param {Leaflet} L
 * @param {HTMLElement} frame
 * @param {import("leaflet").Map} map
 * @param {HTMLElement} place
 */
function pick(L, frame, map, place) {
  const pin = document.createElement("span");
  pin.className = "map-pin map-pin-centre";
  pin.innerHTML = PIN;
  frame.append(pin);
  frame.classList.toggle("chosen", read(place) !== null);
  let last = map.getCenter();
  map.on("click", ({ latlng }) => map.panTo(latlng));
  map.on("moveend", () => {
    const centre = map.getCenter();
    // Zooming and resizing end here too, and choose nothing.
    if (centre.distanceTo(last) < STILL_METRES) return;
    last = centre;
    write(place, { longitude: centre.lng, latitude: centre.lat });
    frame.classList.add("chosen");
    tell(place, frame.dataset.chosen ?? "");
  });
  place.addEventListener("riverain:place", (event) => {
    const { longitude, latitude } = /** @type {CustomEvent<Point>} */ (event).detail;
    last = L.latLng(latitude, longitude);
    frame.classList.add("chosen");
    map.setView(last, CLOSE, { animate: false });
  });
}

/** @param {HTMLElement} frame */
async function show(frame) {
  try {
    const L = await (leaflet ??= load());
    const place = /** @type {HTMLElement | null} */ (frame.closest("[data-place]"));
    const chosen = place && read(place);
    const centre = chosen ?? point(frame.dataset.centre ?? "");
    const map = make(L, frame, centre, chosen ? CLOSE : Number(frame.dataset.zoom));
    if (frame.dataset.map === "pick" && place) pick(L, frame, map, place);
    else {
      const icon = L.divIcon({ className: "map-pin", html: PIN, iconSize: [44, 44], iconAnchor: [22, 40] });
      L.marker([centre.latitude, centre.longitude], { icon, interactive: false, keyboard: false }).addTo(map);
    }
    frame.dataset.shown = "";
  } catch (error) {
    const sorry = document.createElement("p");
    sorry.className = "map-broken";
    sorry.textContent = frame.dataset.broken ?? "";
    frame.replaceChildren(sorry);
    throw error;
  }
}

/** @param {HTMLElement} frame */
export function attach(frame) {
  frame.hidden = false;
  const { connection } = /** @type {{ connection?: { saveData?: boolean, effectiveType?: string } }} */ (
    /** @type {unknown} */ (navigator)
  );
  if (connection?.saveData || /2g/.test(connection?.effectiveType ?? "")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet map-ask";
    button.textContent = frame.dataset.show ?? "";
    button.addEventListener("click", () => show(frame), { once: true });
    frame.replaceChildren(button);
    return;
  }
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    show(frame);
  });
  watch.observe(frame);
}
