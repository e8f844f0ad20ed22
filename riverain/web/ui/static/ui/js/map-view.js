/**
 * `data-map="view"`: shows one point and chooses nothing. On a touch screen one finger scrolls the
 * page over it, two move it.
 */

import { make, pin, point } from "riverain/map-frame";

/** @param {HTMLElement} frame */
export async function show(frame) {
  const centre = point(frame.dataset.centre ?? "");
  const dragging = !window.matchMedia("(pointer: coarse)").matches;
  const { L, map } = await make(frame, centre, Number(frame.dataset.zoom), { dragging });
  const icon = L.divIcon({ className: "", html: pin(), iconSize: [44, 44], iconAnchor: [22, 40] });
  L.marker([centre[1], centre[0]], { icon, interactive: false, keyboard: false }).addTo(map);
}
