/**
 * Where and when a photo was taken, read from a JPEG's EXIF before the picture is made lighter, which
 * drops it. Nothing here leaves the phone by itself: it is offered as the place.
 * Source of the layout: CIPA DC-008 (EXIF 2.32), 4.5 and 4.6; TIFF 6.0, section 2.
 */

/** @typedef {{ longitude: number, latitude: number }} Point */
/** @typedef {{ point?: Point, taken?: string }} Seen `taken` as "2026-11-22T14:05", in the camera's own time */

/** The whole EXIF stands in one segment of at most 64 KB, near the start. */
const HEAD_BYTES = 256 * 1024;

const GPS = 0x8825;
const EXIF = 0x8769;
const TAKEN = 0x9003;
const [SOUTH_OR_NORTH, LATITUDE, EAST_OR_WEST, LONGITUDE] = [1, 2, 3, 4];
const MOST_ENTRIES = 200;

/**
 * The offset of the TIFF header in a JPEG, or -1.
 * @param {DataView} view
 */
function tiff(view) {
  if (view.getUint16(0) !== 0xffd8) return -1;
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
    if (marker < 0xff00 || marker === 0xffda) return -1;
  }
  return -1;
}

/**
 * @param {DataView} view
 * @param {number} start the TIFF header's
 */
function reader(view, start) {
  const little = view.getUint16(start) === 0x4949;
  const short = (/** @type {number} */ at) => view.getUint16(start + at, little);
  const long = (/** @type {number} */ at) => view.getUint32(start + at, little);
  /** @param {number} at the directory's offset @returns {Map<number, number>} where each tag's entry stands */
  const directory = (at) => {
    const found = new Map();
    for (let index = 0; index < Math.min(short(at), MOST_ENTRIES); index++) {
      found.set(short(at + 2 + 12 * index), at + 2 + 12 * index);
    }
    return found;
  };
  /** @param {number} entry */
  const text = (entry) => {
    const length = long(entry + 4);
    const at = length > 4 ? long(entry + 8) : entry + 8;
    let said = "";
    for (let index = 0; index < Math.min(length, 40); index++) {
      const code = view.getUint8(start + at + index);
      if (code) said += String.fromCharCode(code);
    }
    return said;
  };
  /** Degrees, minutes and seconds, each a fraction. @param {number} entry */
  const degrees = (entry) => {
    const at = long(entry + 8);
    const [whole = NaN, minutes = NaN, seconds = NaN] = [0, 8, 16].map((step) => long(at + step) / long(at + step + 4));
    return whole + minutes / 60 + (Number.isFinite(seconds) ? seconds : 0) / 3600;
  };
  return { long, directory, text, degrees };
}

/**
 * @param {ReturnType<typeof reader>} file
 * @param {Map<number, number>} gps
 * @returns {Point | undefined}
 */
function point({ text, degrees }, gps) {
  const [ns, lat, ew, lon] = [SOUTH_OR_NORTH, LATITUDE, EAST_OR_WEST, LONGITUDE].map((tag) => gps.get(tag));
  if (ns === undefined || lat === undefined || ew === undefined || lon === undefined) return undefined;
  const latitude = degrees(lat) * (text(ns).startsWith("S") ? -1 : 1);
  const longitude = degrees(lon) * (text(ew).startsWith("W") ? -1 : 1);
  const real = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  // Cameras without a fix write zeros.
  return real && (latitude !== 0 || longitude !== 0) ? { longitude, latitude } : undefined;
}

/**
 * @param {ArrayBuffer} content the first bytes of the file
 * @returns {Seen} empty for a picture that says nothing, or nothing that can be read
 */
export function read(content) {
  /** @type {Seen} */
  const seen = {};
  try {
    const view = new DataView(content);
    const start = tiff(view);
    if (start < 0) return seen;
    const file = reader(view, start);
    const root = file.directory(file.long(4));
    const gps = root.get(GPS);
    const where = gps === undefined ? undefined : point(file, file.directory(file.long(gps + 8)));
    if (where) seen.point = where;
    const exif = root.get(EXIF);
    const taken = exif === undefined ? undefined : file.directory(file.long(exif + 8)).get(TAKEN);
    const parts = taken === undefined ? null : /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d)/.exec(file.text(taken));
    if (parts) seen.taken = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}`;
  } catch {
    // Cut or written wrong: a photo without a place is a photo all the same.
  }
  return seen;
}

/** @param {Blob} file */
export const seenIn = async (file) => read(await file.slice(0, HEAD_BYTES).arrayBuffer());
