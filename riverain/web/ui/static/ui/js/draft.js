/**
 * Keeps what is typed in a form with `data-draft="name"` in the tab's session, and brings it back
 * after an error or a return. An element with `data-draft-sent="name"` (the page that thanks)
 * forgets it. Never pictures, passwords or hidden fields; not for stations that agents share.
 */

/** @typedef {Record<string, string[]>} Draft */

const SKIPPED = new Set(["hidden", "password", "file", "submit", "button", "reset"]);

/** @param {string} name */
const key = (name) => `riverain-draft-${name}`;

/**
 * @param {Iterable<Element>} elements
 * @returns {Array<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>}
 */
function kept(elements) {
  return /** @type {Array<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */ (
    [...elements].filter((element) => {
      const { name, type } = /** @type {HTMLInputElement} */ (element);
      return Boolean(name) && !SKIPPED.has(type) && "value" in element;
    })
  );
}

/** @param {{ type: string }} field */
const ticked = (field) => field.type === "radio" || field.type === "checkbox";

/**
 * What the fields hold now.
 * @param {Iterable<Element>} elements
 * @returns {Draft}
 */
export function taken(elements) {
  /** @type {Draft} */
  const draft = {};
  for (const field of kept(elements)) {
    if (ticked(field)) {
      draft[field.name] ??= [];
      if (/** @type {HTMLInputElement} */ (field).checked) draft[field.name]?.push(field.value);
    } else draft[field.name] = [field.value];
  }
  return draft;
}

/**
 * Fills the fields that the page left empty; what the server sent stands.
 * @param {Iterable<Element>} elements
 * @param {Draft} draft
 */
export function restored(elements, draft) {
  const fields = kept(elements);
  const answered = new Set(
    fields.filter((field) => ticked(field) && /** @type {HTMLInputElement} */ (field).checked).map((f) => f.name),
  );
  for (const field of fields) {
    const values = draft[field.name];
    if (!values) continue;
    if (ticked(field)) {
      if (answered.has(field.name)) continue;
      /** @type {HTMLInputElement} */ (field).checked = values.includes(field.value);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (field.value === "") {
      field.value = values[0] ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

/** @param {HTMLElement} element */
export function attach(element) {
  const { draft: name, draftSent } = element.dataset;
  try {
    if (draftSent) sessionStorage.removeItem(key(draftSent));
    if (!name) return;
    const form = /** @type {HTMLFormElement} */ (element);
    const stored = sessionStorage.getItem(key(name));
    if (stored) restored(form.elements, JSON.parse(stored));
    const keep = () => sessionStorage.setItem(key(name), JSON.stringify(taken(form.elements)));
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  } catch {
    // The session's storage is refused or full: the form works without a draft.
  }
}
