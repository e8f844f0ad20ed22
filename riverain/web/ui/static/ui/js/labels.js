/**
 * Where names go on the drawn town: along the longest straight stretch of a street that is in
 * sight, never upside down, never over another one. Pure; pixels throughout.
 */

/** @typedef {[x: number, y: number]} Pixel */
/** @typedef {{ text: string, x: number, y: number, angle: number }} Label */
/** @typedef {{ width: number, height: number }} Frame */
/** @typedef {{ from: Pixel, to: Pixel, length: number }} Stretch */

// Two segments that turn less are one stretch for the eye.
const STRAIGHT = Math.PI / 12;
// A name keeps so many times its height from the next one.
const ROOM = 0.75;

/**
 * About how wide a text is; the page's font at this size, never narrower.
 * @param {string} text
 * @param {number} size
 */
export function width(text, size) {
  return text.length * size * 0.56;
}

/**
 * The straight stretches of a line inside a frame.
 * @param {Pixel[]} points
 * @param {Frame} frame
 * @returns {Stretch[]}
 */
export function stretches(points, frame) {
  /** @type {Stretch[]} */
  const found = [];
  let direction = NaN;
  for (let index = 1; index < points.length; index += 1) {
    const cut = clipped(/** @type {Pixel} */ (points[index - 1]), /** @type {Pixel} */ (points[index]), frame);
    if (!cut) continue;
    const [from, to] = cut;
    const heading = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const before = found.at(-1);
    const turn = Math.abs(((heading - direction + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
    if (before && turn < STRAIGHT && Math.hypot(before.to[0] - from[0], before.to[1] - from[1]) < 1) before.to = to;
    else found.push({ from, to, length: 0 });
    direction = heading;
  }
  for (const one of found) one.length = Math.hypot(one.to[0] - one.from[0], one.to[1] - one.from[1]);
  return found;
}

/**
 * The part of a segment inside a frame (Liang and Barsky), or null.
 * @param {Pixel} from
 * @param {Pixel} to
 * @param {Frame} frame
 * @returns {[Pixel, Pixel] | null}
 */
export function clipped(from, to, frame) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  let [start, end] = [0, 1];
  /** @type {Array<[number, number]>} */
  const sides = [[-dx, from[0]], [dx, frame.width - from[0]], [-dy, from[1]], [dy, frame.height - from[1]]];
  for (const [slope, room] of sides) {
    if (slope === 0) {
      if (room < 0) return null;
    } else if (slope < 0) start = Math.max(start, room / slope);
    else end = Math.min(end, room / slope);
  }
  if (start >= end) return null;
  return [[from[0] + start * dx, from[1] + start * dy], [from[0] + end * dx, from[1] + end * dy]];
}

/** What is written already: a row of discs under each text. */
export class Written {
  /** @type {Array<{ x: number, y: number, radius: number }>} */
  #discs = [];

  /**
   * Takes the room of a text, unless something is there.
   * @param {Label} label
   * @param {number} size of its letters
   */
  take({ text, x, y, angle }, size) {
    const half = Math.max(0, (width(text, size) - size) / 2);
    const radius = size * ROOM;
    const count = Math.max(1, Math.ceil((2 * half) / size));
    const discs = Array.from({ length: count + 1 }, (_, index) => {
      const along = -half + (2 * half * index) / count;
      return { x: x + along * Math.cos(angle), y: y + along * Math.sin(angle), radius };
    });
    const taken = discs.some((one) =>
      this.#discs.some((other) => Math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius),
    );
    if (!taken) this.#discs.push(...discs);
    return !taken;
  }
}

/**
 * Where the name of a street may stand, the best place first.
 * @param {string} text
 * @param {Pixel[][]} lines
 * @param {Frame} frame
 * @param {number} size
 * @returns {Label[]}
 */
export function along(text, lines, frame, size) {
  return lines
    .flatMap((points) => stretches(points, frame))
    .filter(({ length }) => length >= width(text, size))
    .sort((one, other) => other.length - one.length)
    .map(({ from, to }) => {
      const heading = Math.atan2(to[1] - from[1], to[0] - from[0]);
      // Read from left to right; a street due north is read upwards.
      const turned = heading > Math.PI / 2 - 1e-9 || heading <= -Math.PI / 2 - 1e-9;
      const angle = turned ? heading - Math.sign(heading) * Math.PI : heading;
      return { text, x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, angle };
    });
}
