/**
 * `data-map="pick"`: the point is what lies under the pin at the centre. Dragging, tapping or the
 * arrow keys move the map, Enter takes the place as it is, and the hidden fields follow; what is
 * there is said in words at once, also that it is out of the territory.
 */

import { make, pin, point } from "riverain/map-frame";
import { read, tell, write } from "riverain/position";

/** @typedef {import("riverain/position").Point} Point */
/** @typedef {{ said: string, address: string, inside: boolean }} Here */

const CLOSE = 17;
const STILL_METRES = 0.5;
// The pin comes to rest for so long before anyone is asked what is there.
const REST_MS = 250;

/** @param {HTMLElement} frame */
export async function show(frame) {
  const place = /** @type {HTMLElement} */ (frame.closest("[data-place]"));
  const chosen = read(place);
  /** @type {import("riverain/mercator").Position} */
  const centre = chosen ? [chosen.longitude, chosen.latitude] : point(frame.dataset.centre ?? "");
  // Zooming keeps the centre: the point under the pin does not slip.
  const { L, map } = await make(frame, centre, chosen ? CLOSE : Number(frame.dataset.zoom), {
    touchZoom: "center",
    doubleClickZoom: "center",
  });
  map.on("focus", () => (map.options.scrollWheelZoom = "center"));
  const mark = pin();
  mark.classList.add("map-pin-centre");
  frame.append(mark);
  frame.classList.toggle("chosen", chosen !== null);
  const ask = asker(place, frame);
  let last = map.getCenter();
  const take = () => {
    last = map.getCenter();
    const here = { longitude: last.lng, latitude: last.lat };
    write(place, here);
    frame.classList.add("chosen");
    tell(place, frame.dataset.chosen ?? "");
    ask(here);
  };
  map.on("click", ({ latlng }) => map.panTo(latlng));
  map.on("moveend", () => {
    // Zooming and resizing end here too, and choose nothing.
    if (map.getCenter().distanceTo(last) >= STILL_METRES) take();
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    // Not the form's: a place that is taken is not yet sent.
    event.preventDefault();
    take();
  });
  // A street that was typed without a number: shown, and nothing chosen.
  place.addEventListener("riverain:look", (event) => {
    const { longitude, latitude } = /** @type {CustomEvent<Point>} */ (event).detail;
    last = L.latLng(latitude, longitude);
    map.setView(last, CLOSE, { animate: false });
  });
  /** @type {import("leaflet").Circle | undefined} */
  let around;
  place.addEventListener("riverain:place", (event) => {
    const { longitude, latitude, accuracy } = /** @type {CustomEvent<Point & { accuracy?: number }>} */ (event).detail;
    last = L.latLng(latitude, longitude);
    frame.classList.add("chosen");
    around?.remove();
    if (accuracy) around = L.circle(last, { radius: accuracy, interactive: false, className: "map-around" }).addTo(map);
    map.setView(last, CLOSE, { animate: false });
    if (accuracy) ask({ longitude, latitude });
  });
}

/**
 * Says what is at a point, once the pin rests; an answer that comes after the next question is
 * dropped. Announces `riverain:here`, from which an address field may fill itself.
 * @param {HTMLElement} place
 * @param {HTMLElement} frame
 * @returns {(point: Point) => void}
 */
function asker(place, frame) {
  const url = frame.dataset.hereUrl;
  let turn = 0;
  return ({ longitude, latitude }) => {
    if (!url) return;
    turn += 1;
    const mine = turn;
    setTimeout(async () => {
      if (mine !== turn) return;
      const question = new URLSearchParams({ lon: longitude.toFixed(6), lat: latitude.toFixed(6) });
      const answer = await fetch(`${url}?${question}`).catch(() => null);
      if (mine !== turn || !answer?.ok) return;
      const here = /** @type {Here} */ (await answer.json());
      frame.classList.toggle("outside", !here.inside);
      tell(place, here.said, !here.inside);
      place.dispatchEvent(new CustomEvent("riverain:here", { bubbles: true, detail: { ...here, longitude, latitude } }));
    }, REST_MS);
  };
}
