/**
 * Says how many characters are left in a text: `data-count` is the id of the line that says it.
 */

const NEAR = 20;
// A long text is far from its end for most: only its last fifth is counted.
const TOLD = 1 / 5;

/**
 * The length as the server counts it: a character outside the basic plane is one, a new line two.
 * @param {string} text
 */
export function size(text) {
  let count = 0;
  for (const character of text) count += character === "\n" ? 2 : 1;
  return count;
}

/**
 * @param {number} left may be negative
 * @param {DOMStringMap} words left, leftOne, over, overOne, each with {n}
 */
export function said(left, words) {
  const count = Math.abs(left);
  const sentence = count < 2 ? (left < 0 ? words.overOne : words.leftOne) : left < 0 ? words.over : words.left;
  return (sentence ?? "").replace("{n}", String(count));
}

/** @param {HTMLElement} element */
export function attach(element) {
  const text = /** @type {HTMLTextAreaElement | HTMLInputElement} */ (element);
  const line = document.getElementById(text.dataset.count ?? "");
  if (!line) return;
  // The server refuses with a sentence; cutting what is pasted would lose it silently.
  text.removeAttribute("maxlength");
  const tell = () => {
    const left = Number(line.dataset.limit) - size(text.value);
    line.classList.toggle("over", left < 0);
    // A screen reader hears it only when it matters.
    line.setAttribute("aria-live", left <= NEAR ? "polite" : "off");
    line.textContent = left <= Number(line.dataset.limit) * TOLD ? said(left, line.dataset) : "";
  };
  text.addEventListener("input", tell);
  tell();
}
