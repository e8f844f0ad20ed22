/**
 * Shows a question only after the answers that it depends on: `data-when` is the name of the
 * earlier field, `data-values` its values, joined by blanks. Without this module every question is
 * shown, with a line that says when it is asked; the server leaves out what was not asked.
 */

/**
 * The values that are chosen under a name. What stands in a hidden question counts for nothing.
 * @param {Iterable<Element>} elements
 * @param {string} name
 */
export function chosen(elements, name) {
  return [...elements]
    .map((element) => /** @type {HTMLInputElement} */ (element))
    .filter((field) => field.name === name && field.checked && !field.closest("[hidden]"))
    .map((field) => field.value);
}

/** @param {HTMLElement} question */
export function attach(question) {
  const form = question.closest("form");
  const { when = "", values = "" } = question.dataset;
  if (!form) return;
  const wanted = values.split(" ");
  const show = () => {
    question.hidden = !chosen(form.elements, when).some((value) => wanted.includes(value));
  };
  form.addEventListener("change", show);
  show();
}
