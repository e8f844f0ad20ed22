/**
 * What was said so far, read off the form: the list that is checked before sending, and the column
 * beside the steps on a desk. Each line leads back to its step.
 */

/** @typedef {{ step: string, term: string, words: string, images: string[] }} Line */

/** @param {Element | null | undefined} element its own words, without what only the eye or the ear gets */
function text(element) {
  const copy = /** @type {HTMLElement | undefined} */ (element?.cloneNode(true));
  for (const extra of copy?.querySelectorAll(".optional, .unseen, .hint, svg") ?? []) extra.remove();
  return (copy?.textContent ?? "").replace(/\s+/g, " ").trim().replace(/\u00a0?\s?\?$/, "");
}

/**
 * @param {HTMLElement} step
 * @returns {Line[]} a line for each thing that was filled
 */
export function lines(step) {
  /** @type {Map<string, Line>} */
  const found = new Map();
  const name = step.dataset.step ?? "";
  /** @param {string} key @param {string} term @param {string} words @param {string[]} images */
  const add = (key, term, words, images = []) => {
    const line = found.get(key);
    if (line) line.words += `, ${words}`;
    else found.set(key, { step: name, term, words, images });
  };
  const images = [...step.querySelectorAll(".picked img, [name=kept]:checked ~ .photo img")];
  // Those that this browser cannot show.
  const names = [...step.querySelectorAll(".picked-name")].map((name) => name.textContent);
  for (const element of step.querySelectorAll("input, textarea, select")) {
    const field = /** @type {HTMLInputElement} */ (element);
    if (field.closest("[hidden]:not([data-step])") || field.type === "hidden") continue;
    if (field.type === "file" || field.name === "kept") {
      const label = text(step.querySelector("[data-photos]")?.querySelector("label span"));
      if (images.length + names.length > 0 && !found.has("photos")) {
        add("photos", step.dataset.photos ?? label, names.join(", "), images.map((image) => /** @type {HTMLImageElement} */ (image).src));
      }
    } else if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) add(field.name, text(field.closest("fieldset")?.querySelector("legend")), text(field.closest("label")?.querySelector(".tile-words")));
    } else if (field.value.trim() !== "") add(field.name, text(field.labels?.[0]), field.value.trim());
  }
  const { unknown, chosen, passed } = step.dataset;
  if (unknown && !found.has("address")) {
    const place = /** @type {HTMLElement | null} */ (step.querySelector("[data-place]"));
    const point = /** @type {HTMLInputElement | null} */ (document.getElementById(place?.dataset.latitude ?? ""))?.value;
    const label = text(step.querySelector("label[for$=address]"));
    const words = point ? chosen : passed === undefined ? "" : unknown;
    if (words) return [{ step: name, term: label, words, images: [] }, ...found.values()];
  }
  return [...found.values()];
}

/**
 * @param {HTMLElement} list a <dl>
 * @param {Line[]} said
 * @param {{ edit: string, about: string }} words « Modifier », and for who does not see the line « : {term} »
 */
export function draw(list, said, { edit, about }) {
  list.replaceChildren(
    ...said.map(({ step, term, words, images }) => {
      const row = document.createElement("div");
      const head = document.createElement("dt");
      head.textContent = term;
      const body = document.createElement("dd");
      if (words) {
        const quoted = document.createElement("p");
        quoted.className = "summary-words";
        quoted.textContent = words;
        body.append(quoted);
      }
      if (images.length > 0) {
        const strip = document.createElement("span");
        strip.className = "summary-photos";
        for (const source of images) {
          const image = document.createElement("img");
          image.src = source;
          image.alt = "";
          strip.append(image);
        }
        const count = document.createElement("span");
        count.className = "unseen";
        count.textContent = String(images.length);
        strip.append(count);
        body.append(strip);
      }
      const side = document.createElement("dd");
      side.className = "summary-edit";
      const link = document.createElement("a");
      link.href = `#${step}`;
      link.dataset.goto = step;
      const what = document.createElement("span");
      what.className = "unseen";
      what.textContent = about.replace("{term}", term);
      link.append(edit, what);
      side.append(link);
      row.append(head, body, side);
      return row;
    }),
  );
}
