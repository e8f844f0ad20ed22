/**
 * The marks of a map of reports: those that would stand over each other become one. Pure.
 *
 * @typedef {{ title: string, urgency: "late" | "today" | "other", href: string }} Pin
 * @typedef {{ lon: number, lat: number, count: number, late: number, today: number, pin?: Pin }} Mark
 */

import { project } from "riverain/mercator";

const TILE = 256;

/**
 * Marks nearer to each other than `apart` pixels are put together, the fullest first: their
 * counts add up, the middle is that of all that they hold.
 * @param {Mark[]} marks
 * @param {number} zoom
 * @param {number} apart
 * @returns {Mark[]}
 */
export function gathered(marks, zoom, apart) {
  const size = TILE * 2 ** zoom;
  /** @type {Array<Mark & { x: number, y: number }>} */
  const kept = [];
  for (const mark of [...marks].sort((one, other) => other.count - one.count)) {
    const [x, y] = project([mark.lon, mark.lat], size);
    const near = kept.find((one) => Math.hypot(one.x - x, one.y - y) < apart);
    if (!near) {
      kept.push({ ...mark, x, y });
      continue;
    }
    const share = mark.count / (near.count + mark.count);
    near.lon += (mark.lon - near.lon) * share;
    near.lat += (mark.lat - near.lat) * share;
    near.count += mark.count;
    near.late += mark.late;
    near.today += mark.today;
    delete near.pin;
  }
  return kept.map(({ x: _x, y: _y, ...mark }) => mark);
}

/**
 * The most pressing of what a mark holds: its colour and shape.
 * @param {Mark} mark
 * @returns {Pin["urgency"]}
 */
export function urgency({ late, today }) {
  if (late > 0) return "late";
  return today > 0 ? "today" : "other";
}
