/**
 * Solves the puzzle that keeps robots slow (ALTCHA's challenge, as riverain/guard/pow.py makes it),
 * from the first touch of the form, and writes the answer into the hidden field `proof`. When it
 * cannot, the form is sent without: the server takes it under stricter limits.
 */

import { hold } from "riverain/pending";
import { solve } from "riverain/proof-worker";

/**
 * @typedef {{ salt: string, nonce: string, keyPrefix: string, expiresAt: number }} Parameters
 * @typedef {{ parameters: Parameters, signature: string }} Challenge
 * @typedef {{ counter: number, derivedKey: string }} Solution
 */

const CHUNK = 2_000;
/** Five times what the server draws from: past that, the challenge is not one of ours. */
const MOST = 1_000_000;
/** The answer must still be good when it arrives over a slow line. */
const MARGIN_MS = 60_000;

/**
 * The text of the answer, as the guard reads it.
 * @param {Challenge} challenge
 * @param {Solution} solution
 */
export function payload(challenge, solution) {
  return btoa(JSON.stringify({ challenge, solution }));
}

/**
 * In slices on the page's own thread, where workers are not to be had.
 * @param {Parameters} parameters
 * @param {number} most
 * @returns {Promise<Solution | null>}
 */
export async function slowly(parameters, most = MOST) {
  for (let from = 0; from <= most; from += CHUNK) {
    const solution = solve(parameters, from, Math.min(from + CHUNK - 1, most));
    if (solution) return solution;
    await new Promise((resolve) => setTimeout(resolve));
  }
  return null;
}

/**
 * @param {Parameters} parameters
 * @returns {Promise<Solution | null>}
 */
function apart(parameters) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.resolve("riverain/proof-worker"), { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener("error", reject);
    worker.postMessage({ parameters, most: MOST });
  });
}

/** @param {HTMLElement} element */
export function attach(element) {
  const field = /** @type {HTMLInputElement | null} */ (element.querySelector("input"));
  const line = element.querySelector("[role=status]");
  const { proof: url = "", working = "", failed = "" } = element.dataset;
  if (!field?.form || !line) return;
  /** @type {Promise<void> | undefined} */
  let running;
  let solvedUntil = 0;

  const run = async () => {
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`the challenge answered ${answer.status}`);
      /** @type {Challenge} */
      const challenge = await answer.json();
      const solution = await apart(challenge.parameters).catch(() => slowly(challenge.parameters));
      if (!solution) throw new Error("the challenge has no solution");
      field.value = payload(challenge, solution);
      solvedUntil = challenge.parameters.expiresAt * 1000 - MARGIN_MS;
      line.textContent = "";
    } catch {
      line.textContent = failed;
    }
  };
  const begin = () => (running ??= run());

  // Someone was quicker than this module.
  if (field.form.contains(document.activeElement)) begin();
  field.form.addEventListener("focusin", begin, { once: true });
  field.form.addEventListener("pointerdown", begin, { once: true });
  hold(field.form, () => {
    if (field.value && Date.now() > solvedUntil) {
      field.value = "";
      running = undefined;
    }
    // One that failed is tried once more: the line may be back.
    if (!field.value && line.textContent === failed) running = undefined;
    if (!field.value) line.textContent = working;
    return begin();
  });
}
