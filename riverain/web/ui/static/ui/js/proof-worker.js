/**
 * Finds the counter whose key begins as the challenge asks: key = SHA-256(salt, nonce, counter), 36
 * bytes, one block. Runs in a worker, where no import map holds: nothing is imported. Its own
 * SHA-256, since a page served over plain HTTP on a town's network has no `crypto.subtle`, and a
 * promise a try would be twenty times slower.
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

/** Where the counter stands: after 16 bytes of salt and 16 of nonce. */
const COUNTER_WORD = 8;
const MESSAGE_BITS = 36 * 8;

const words = new Uint32Array(64);
const state = new Uint32Array(8);

/**
 * One block. `words[0..15]` hold it, `state` receives the digest.
 */
function compress() {
  for (let i = 16; i < 64; i++) {
    const x = /** @type {number} */ (words[i - 15]);
    const y = /** @type {number} */ (words[i - 2]);
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = /** @type {number} */ (words[i - 16]) + s0 + /** @type {number} */ (words[i - 7]) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = START;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + /** @type {number} */ (K[i]) + /** @type {number} */ (words[i])) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state.set(START);
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = /** @type {number} */ (state[i]) + word));
}

/** @param {string} hex */
const wordsOf = (hex) => (hex.match(/.{8}/g) ?? []).map((part) => parseInt(part, 16));

/**
 * Tries the counters from `from` up to `to`, both included.
 * @param {{ salt: string, nonce: string, keyPrefix: string }} asked 16 bytes each, in hexadecimal
 * @param {number} from
 * @param {number} to
 * @returns {{ counter: number, derivedKey: string } | null}
 */
export function solve({ salt, nonce, keyPrefix }, from, to) {
  const start = [...wordsOf(salt), ...wordsOf(nonce)];
  const first = parseInt(keyPrefix.slice(0, 8), 16);
  for (let counter = from; counter <= to; counter++) {
    words.fill(0);
    words.set(start);
    words[COUNTER_WORD] = counter;
    words[COUNTER_WORD + 1] = 0x80000000;
    words[15] = MESSAGE_BITS;
    compress();
    if (state[0] !== first) continue;
    const derivedKey = [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
  return null;
}

if ("WorkerGlobalScope" in globalThis) {
  globalThis.addEventListener("message", ({ data: { parameters, most } }) => {
    globalThis.postMessage(solve(parameters, 0, most));
  });
}
