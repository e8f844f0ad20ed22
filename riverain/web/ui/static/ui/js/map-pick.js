/**
 * `data-map="pick"`: the point is what lies under the pin at the centre. Dragging, tapping or the
 * arrow keys move the map, Enter takes the place as it is, and the hidden fields follow; what is
 * there is said in words at once, also that it is out of the territory.
 */

import { ask, tell } from "riverain/here";
import { make, pin, point } from "riverain/map-frame";
import { read, write } from "riverain/position";

/** @typedef {import("riverain/position").Point} Point */

const CLOSE = 17;
const STILL_METRES = 0.5;

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
  let last = map.getCenter();
  const take = () => {
    last = map.getCenter();
    const here = { longitude: last.lng, latitude: last.lat };
    write(place, here);
    frame.classList.add("chosen");
    tell(place, frame.dataset.chosen ?? "");
    ask(place, here);
  };
  map.on("click", ({ latlng }) => map.panTo(latlng));
  map.on("moveend", () => {
    // Zooming ends here too, and chooses nothing.
    if (map.getCenter().distanceTo(last) >= STILL_METRES) take();
  });
  // A telephone that is turned has chosen nothing: half a pixel is metres from afar.
  map.on("resize", () => (last = map.getCenter()));
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
  });
}
