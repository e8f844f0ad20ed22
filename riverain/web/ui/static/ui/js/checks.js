/**
 * What can be said of a field before the server reads it, in the server's own words: they stand in
 * the page (`data-missing`, `data-wrong`), so that a step is not left with a fault in it.
 */

/** @typedef {{ field: HTMLElement, sentence: string }} Fault */

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** @param {Element} element */
const asked = (element) => !element.closest("[hidden]");

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {(name: string) => boolean} filled whether a field of the form, by name, holds something
 */
export function sentence(field, filled) {
  const { missing, unless, wrong } = field.dataset;
  const text = field.value.trim();
  if (missing && text === "" && !(unless && filled(unless))) return missing;
  return wrong && text !== "" && !EMAIL.test(text) ? wrong : "";
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} step
 * @returns {Fault[]} in the order of the page
 */
export function faults(form, step) {
  const held = (/** @type {string} */ name) =>
    [...form.elements].some((element) => {
      const one = /** @type {HTMLInputElement} */ (element);
      if (one.name !== name) return false;
      return one.type === "file" ? Boolean(one.files?.length) : one.checked || one.value !== "";
    });
  // Photos that the server kept count as photos.
  const filled = (/** @type {string} */ name) => held(name) || (name === "photos" && held("kept"));
  /** @type {Fault[]} */
  const found = [];
  const answered = new Set();
  for (const element of step.querySelectorAll("input, textarea")) {
    const field = /** @type {HTMLInputElement} */ (element);
    if (!asked(field)) continue;
    if (field.type === "radio" || "needed" in field.dataset) {
      if (!(field.required || "needed" in field.dataset) || answered.has(field.name)) continue;
      answered.add(field.name);
      const one = form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`);
      if (!one) found.push({ field, sentence: form.dataset.missing ?? "" });
      continue;
    }
    const over = document.getElementById(field.dataset.count ?? "");
    const said = over?.classList.contains("over") ? (over.textContent ?? "") : sentence(field, filled);
    if (said) found.push({ field, sentence: said });
  }
  return found;
}

/** @param {HTMLElement} field */
const groupOf = (field) => /** @type {HTMLElement} */ (field.closest("fieldset.field") ?? field);

/** @param {HTMLElement} field */
export function clear(field) {
  const group = groupOf(field);
  const line = document.getElementById(`${group.id}_fault`);
  if (!line) return;
  line.remove();
  for (const one of [group, ...group.querySelectorAll("input")]) one.removeAttribute("aria-invalid");
  const described = (group.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== line.id);
  if (described.length > 0 && described[0]) group.setAttribute("aria-describedby", described.join(" "));
  else group.removeAttribute("aria-describedby");
}

/**
 * Says a fault above its field, as the server's pages do.
 * @param {Fault} fault
 * @param {string} mark « Erreur : », for those who do not see the colour
 * @param {Node | undefined} icon
 */
export function show({ field, sentence: said }, mark, icon) {
  clear(field);
  const group = groupOf(field);
  const line = document.createElement("div");
  line.className = "error";
  line.id = `${group.id}_fault`;
  const unseen = document.createElement("span");
  unseen.className = "unseen";
  unseen.textContent = `${mark} `;
  const words = document.createElement("p");
  words.append(unseen, said);
  line.append(...(icon ? [icon.cloneNode(true)] : []), words);
  (group.tagName === "FIELDSET" ? (group.querySelector(".tiles") ?? group) : group).before(line);
  for (const one of group === field ? [field] : group.querySelectorAll("input")) one.setAttribute("aria-invalid", "true");
  group.setAttribute("aria-describedby", `${group.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
}
