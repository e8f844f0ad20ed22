/**
 * Types of report that answer what is being typed, at once under the field: `data-words` is the
 * address that answers them, `data-into` the list that shows them, each a link. Without this module,
 * or when it is slow, the form asks for a page that shows the same.
 */

/** @typedef {{ href: string, name: string, family: string, promise: string, icon: string }} Found */

const QUIET_MS = 180;
const SHORTEST = 3;

/**
 * @param {Found} found
 * @param {HTMLTemplateElement} pattern the tile, drawn by the server
 * @param {HTMLInputElement} field
 */
function item(found, pattern, field) {
  const made = /** @type {DocumentFragment} */ (pattern.content.cloneNode(true));
  const link = made.querySelector("a");
  if (link) link.href = found.href;
  // What is typed now begins the report, though the tile answers what was typed a moment ago.
  link?.addEventListener("click", () => {
    const there = new URL(link.href);
    there.searchParams.set("q", field.value.trim());
    link.href = there.href;
  });
  for (const part of /** @type {const} */ (["name", "family", "promise"])) {
    const place = made.querySelector(`[data-${part}]`);
    if (place) place.textContent = found[part];
  }
  const icon = made.querySelector("[data-icon]");
  // Ours, from our own icons: never what a person typed.
  if (icon) icon.innerHTML = found.icon;
  return made;
}

/** @param {HTMLElement} element */
export function attach(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=q]"));
  const { words: url = "", into = "", one = "", many = "", none = "" } = form.dataset;
  const list = document.getElementById(into);
  const pattern = list?.querySelector("template");
  const line = form.querySelector("[role=status]");
  if (!field || !list || !pattern || !line) return;
  /** @type {AbortController | undefined} */
  let asking;
  let timer = 0;
  form.classList.add("live");
  const search = async () => {
    asking?.abort();
    const text = field.value.trim();
    list.querySelectorAll("li").forEach((old) => old.remove());
    line.textContent = "";
    line.classList.add("unseen");
    if (text.length < SHORTEST) return;
    asking = new AbortController();
    try {
      const address = new URL(url, location.href);
      address.search = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString();
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      /** @type {{ types: Found[] }} */
      const { types } = await answer.json();
      list.querySelectorAll("li").forEach((old) => old.remove());
      list.append(...types.map((found) => item(found, pattern, field)));
      // The tiles are seen; that there is none has to be read.
      line.classList.toggle("unseen", types.length > 0);
      line.textContent = types.length === 0 ? none : (types.length === 1 ? one : many).replace("{n}", String(types.length));
    } catch {
      // Slow, away, or overtaken by the next letter: the button still asks for the page.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, QUIET_MS);
  });
  // Typed before this module came.
  if (document.activeElement === field && field.value !== field.defaultValue) search();
}
