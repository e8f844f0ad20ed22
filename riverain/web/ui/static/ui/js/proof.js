/**
 * Solves the puzzle that keeps robots slow (ALTCHA's challenge), from the first touch of the form,
 * and writes the answer into the hidden field `proof`. When it cannot, the form is sent without:
 * the server takes it under stricter limits.
 */

import { hold } from "riverain/pending";
import { solve } from "riverain/proof-worker";

/**
 * @typedef {{ algorithm: string, challenge: string, salt: string, signature: string, maxnumber: number }} Challenge
 */

const CHUNK = 2_000;

/**
 * The text of the answer, as the guard reads it.
 * @param {Challenge} challenge
 * @param {number} number
 */
export function payload({ algorithm, challenge, salt, signature }, number) {
  return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}

/**
 * When the answer stops being taken: ALTCHA writes it in the salt.
 * @param {string} salt
 * @returns {number} milliseconds, Infinity when it does not expire
 */
export function expiry(salt) {
  const seconds = Number(new URLSearchParams(salt.split("?")[1] ?? "").get("expires"));
  return seconds > 0 ? seconds * 1000 : Infinity;
}

/**
 * In slices on the page's own thread, where workers are not to be had.
 * @param {Challenge} challenge
 */
export async function slowly({ challenge, salt, maxnumber }) {
  for (let from = 0; from <= maxnumber; from += CHUNK) {
    const number = solve(challenge, salt, from, Math.min(from + CHUNK - 1, maxnumber));
    if (number !== null) return number;
    await new Promise((resolve) => setTimeout(resolve));
  }
  return null;
}

/**
 * @param {Challenge} challenge
 * @returns {Promise<number | null>}
 */
function apart(challenge) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.resolve("riverain/proof-worker"), { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener("error", reject);
    worker.postMessage(challenge);
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
  let until = 0;

  const run = async () => {
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`the challenge answered ${answer.status}`);
      /** @type {Challenge} */
      const challenge = await answer.json();
      const number = await apart(challenge).catch(() => slowly(challenge));
      if (number === null) throw new Error("the challenge has no solution");
      field.value = payload(challenge, number);
      until = expiry(challenge.salt);
      line.textContent = "";
    } catch {
      until = Infinity;
      line.textContent = failed;
    }
  };
  const begin = () => (running ??= run());

  field.form.addEventListener("focusin", begin, { once: true });
  field.form.addEventListener("pointerdown", begin, { once: true });
  hold(field.form, () => {
    if (until > 0 && Date.now() > until) {
      field.value = "";
      running = undefined;
    }
    if (!field.value && until === 0) line.textContent = working;
    return begin();
  });
}
