/**
 * What is at a point, in words: its address, or that it is out of the territory. Asked by the button
 * of the position and by the map; without a map the button asks all the same.
 */

/** @typedef {import("riverain/position").Point} Point */
/** @typedef {{ said: string, address: string, inside: boolean, nowhere: boolean }} Here `nowhere`: nobody receives it */

// The pin comes to rest for so long before anyone is asked what is there.
const REST_MS = 250;
// A line that hangs: the form goes on without the words.
const PATIENCE_MS = 3_000;

/** @type {WeakMap<HTMLElement, number>} the latest question of each place */
const turns = new WeakMap();

/**
 * @param {HTMLElement} place
 * @param {string} sentence
 * @param {boolean} wrong
 */
export function tell(place, sentence, wrong = false) {
  const line = place.querySelector("[data-said]");
  if (!line) return;
  line.classList.toggle("wrong", wrong);
  line.textContent = sentence;
}

/**
 * Says it once the pin rests; an answer that comes after the next question is dropped. Announces
 * `riverain:here` on the place, from which an address field may fill itself.
 * @param {HTMLElement} place
 * @param {Point} point
 * @param {(here: Here) => string} words what is said of the answer
 */
export async function ask(place, { longitude, latitude }, words = ({ said }) => said) {
  const frame = /** @type {HTMLElement | null} */ (place.querySelector("[data-here-url]"));
  const mine = (turns.get(place) ?? 0) + 1;
  turns.set(place, mine);
  await new Promise((rested) => setTimeout(rested, REST_MS));
  if (mine !== turns.get(place) || !frame) return;
  const question = new URLSearchParams({ lon: longitude.toFixed(6), lat: latitude.toFixed(6) });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  /** @type {Here | null} */
  const here = await fetch(`${frame.dataset.hereUrl}?${question}`, { signal })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  if (mine !== turns.get(place) || !here) return;
  frame.classList.toggle("outside", !here.inside);
  tell(place, words(here), !here.inside);
  place.dispatchEvent(new CustomEvent("riverain:here", { bubbles: true, detail: { ...here, longitude, latitude } }));
}
