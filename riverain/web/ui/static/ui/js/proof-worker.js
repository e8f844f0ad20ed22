/**
 * Finds the number whose SHA-256 with the salt is the challenge. Runs in a worker, where no import
 * map holds: nothing is imported. Its own SHA-256, since a page served over plain HTTP on a town's
 * network has no `crypto.subtle`, and one call a number would be slower.
 */

const K = new Uint32Array(64);
const START = new Uint32Array(8);

/** The constants are the first bits of the roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true;
  for (let factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) prime = false;
  if (!prime) continue;
  if (found < 8) START[found] = (Math.sqrt(candidate) % 1) * 2 ** 32;
  K[found++] = (Math.cbrt(candidate) % 1) * 2 ** 32;
}

const words = new Uint32Array(64);
const encoder = new TextEncoder();

/**
 * @param {string} text
 * @returns {Uint32Array} the digest as eight words; the same array is not reused
 */
function digest(text) {
  const bytes = encoder.encode(text);
  const blocks = (bytes.length + 8) >> 6;
  const padded = new DataView(new ArrayBuffer((blocks + 1) << 6));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  const state = START.slice();
  for (let offset = 0; offset < padded.byteLength; offset += 64) {
    for (let i = 0; i < 16; i++) words[i] = padded.getUint32(offset + i * 4);
    for (let i = 16; i < 64; i++) {
      const a = /** @type {number} */ (words[i - 15]);
      const b = /** @type {number} */ (words[i - 2]);
      const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
      const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
      words[i] = /** @type {number} */ (words[i - 16]) + s0 + /** @type {number} */ (words[i - 7]) + s1;
    }
    let [a, b, c, d, e, f, g, h] = /** @type {[number, number, number, number, number, number, number, number]} */ (
      /** @type {unknown} */ (state)
    );
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + /** @type {number} */ (K[i]) + /** @type {number} */ (words[i])) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = /** @type {number} */ (state[i]) + word));
  }
  return state;
}

/** @param {string} text */
export function sha256(text) {
  return [...digest(text)].map((word) => word.toString(16).padStart(8, "0")).join("");
}

/**
 * The number between `from` and `to` (both tried), or null.
 * @param {string} challenge hexadecimal
 * @param {string} salt
 * @param {number} from
 * @param {number} to
 */
export function solve(challenge, salt, from, to) {
  const first = parseInt(challenge.slice(0, 8), 16);
  for (let number = from; number <= to; number++) {
    // Seven in eight words are compared only when the first fits.
    if (digest(salt + number)[0] === first && sha256(salt + number) === challenge) return number;
  }
  return null;
}

if ("WorkerGlobalScope" in globalThis) {
  globalThis.addEventListener("message", ({ data: { challenge, salt, maxnumber } }) => {
    globalThis.postMessage(solve(challenge, salt, 0, maxnumber));
  });
}
