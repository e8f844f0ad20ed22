/**
 * The Web-Mercator grid that maps are drawn on, and the squares of the drawn town in it. Pure.
 * A square is numbered as map tiles are: `y` from the north.
 */

/** @typedef {[longitude: number, latitude: number]} Position */
/** @typedef {{ west: number, south: number, east: number, north: number }} Box */
/** @typedef {{ depth: number, x: number, y: number }} Square */

const MAX_LATITUDE = 85.05112878;
// The fifth decimal of a degree, as the server counts.
const UNITS = 100_000;
const FAR = 12;
const NEAR = 14;
const DOORS = 17;

/**
 * Where a point lies in a square world of `size`.
 * @param {Position} position
 * @param {number} size
 * @returns {[x: number, y: number]}
 */
export function project([longitude, latitude], size) {
  const bounded = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude));
  const sine = Math.sin((bounded * Math.PI) / 180);
  return [((longitude + 180) / 360) * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size];
}

/**
 * The squares of a depth that a box touches, from its north-west.
 * @param {Box} box
 * @param {number} depth
 * @returns {Square[]}
 */
export function squares(box, depth) {
  const size = 2 ** depth;
  const last = size - 1;
  const [left, top] = project([box.west, box.north], size).map((side) => Math.max(0, Math.min(last, Math.floor(side))));
  const [right, bottom] = project([box.east, box.south], size).map((side) => Math.max(0, Math.min(last, Math.floor(side))));
  const found = [];
  for (let y = Number(top); y <= Number(bottom); y += 1)
    for (let x = Number(left); x <= Number(right); x += 1) found.push({ depth, x, y });
  return found;
}

/**
 * Which depths of squares a zoom shows: nothing from very far, doors only from near.
 * @param {number} zoom
 * @returns {number[]}
 */
export function depths(zoom) {
  if (zoom < FAR) return [];
  if (zoom < NEAR + 1) return [FAR];
  return zoom < DOORS ? [NEAR] : [NEAR, DOORS];
}

/**
 * The address of a square.
 * @param {string} template with {z}, {x} and {y}
 * @param {Square} square
 */
export function address(template, { depth, x, y }) {
  return template.replace("{z}", String(depth)).replace("{x}", String(x)).replace("{y}", String(y));
}

/**
 * A line as the server writes it: the first point, then how far each next one is.
 * @param {number[]} steps
 * @returns {Position[]}
 */
export function line(steps) {
  /** @type {Position[]} */
  const found = [];
  let longitude = 0;
  let latitude = 0;
  for (let index = 0; index + 1 < steps.length; index += 2) {
    longitude += steps[index] ?? 0;
    latitude += steps[index + 1] ?? 0;
    found.push([longitude / UNITS, latitude / UNITS]);
  }
  return found;
}
