/**
 * Keeps the words that an agent began in a form (`data-unsent`) and did not send: opened again on the
 * same page, the form has them back with its choices and its photos, and says so (`data-again`);
 * leaving the page altogether asks first. Held in the page's memory alone: at stations that agents
 * share nothing is written down.
 */

/** What was begun, by the address that it goes to. @type {Map<string, FormData>} */
const begun = new Map();

/** @param {HTMLFormElement} form */
const address = (form) => new URL(form.action).pathname;

/** A choice is made again with one press; words are not.
 * @param {Element} field
 * @returns {field is HTMLTextAreaElement | HTMLInputElement} */
const isWords = (field) => field.matches("textarea, input:is([type=text], [type=email], [type=tel], [type=number])");

/**
 * @param {HTMLInputElement} input
 * @param {File[]} photos
 */
function choose(input, photos) {
  const transfer = new DataTransfer();
  for (const photo of photos) transfer.items.add(photo);
  input.files = transfer.files;
}

/**
 * Puts back what was begun. What is hidden stays as the server sent it: which entry of the report the
 * form was drawn from, photos that it already holds.
 * @param {HTMLFormElement} form
 * @param {FormData} kept
 * @returns {boolean} whether the form had not all of it already, as one that was just refused has
 */
function bring(form, kept) {
  const holds = form.querySelector("[name=kept]") !== null;
  const before = JSON.stringify([...new FormData(form)]);
  for (const element of form.elements) {
    const field = /** @type {HTMLInputElement} */ (element);
    const values = kept.getAll(field.name);
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    if (field.type === "file") {
      const photos = values.filter((one) => one instanceof File && one.name !== "");
      if (holds || photos.length === 0) continue;
      choose(field, /** @type {File[]} */ (photos));
    } else if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (typeof values[0] === "string") field.value = values[0];
    field.dispatchEvent(new Event(isWords(field) ? "input" : "change", { bubbles: true }));
  }
  return JSON.stringify([...new FormData(form)]) !== before;
}

/** @param {HTMLElement} element */
export function attach(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const kept = begun.get(address(form));
  if (kept && bring(form, kept)) form.querySelector("[data-again]")?.removeAttribute("hidden");
  else if (form.querySelector("[aria-invalid=true]")) begun.set(address(form), new FormData(form));
  const keep = (/** @type {Event} */ event) => {
    const photos = event.type === "riverain:photos";
    // Only what a person wrote or took: prepared words come back by themselves.
    if ((!event.isTrusted && !photos) || !(event.target instanceof Element)) return;
    if (!photos && !isWords(event.target) && !begun.has(address(form))) return;
    const begins = [...form.elements].some((field) =>
      isWords(field) ? field.value.trim() !== "" : field.matches("[type=file]") && /** @type {HTMLInputElement} */ (field).files?.length,
    );
    if (begins) begun.set(address(form), new FormData(form));
    else begun.delete(address(form));
  };
  for (const type of ["input", "change", "riverain:photos"]) form.addEventListener(type, keep, true);
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (event.target === form && detail.xhr.status < 400) begun.delete(address(form));
  });
}

window.addEventListener("submit", (event) => {
  // Sent as a whole page: what htmx sends is prevented here, and may fail without leaving the page.
  if (!event.defaultPrevented) begun.delete(address(/** @type {HTMLFormElement} */ (event.target)));
});
window.addEventListener("beforeunload", (event) => {
  if (begun.size > 0) event.preventDefault();
});
