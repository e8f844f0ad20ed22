/**
 * Presses the buttons whose letter is printed on them. Only away from fields, without a modifier,
 * and only while the switch (`data-keys`, a checkbox) is on; the choice is kept on the device.
 * "Control+Enter" on a button sends its form from within a field, where no letter can.
 */

const STORED = "riverain-keys";
const SENDS = "Control+Enter";

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key is typed for the page, not for a field or the browser
 */
export function meant(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return false;
  const target = /** @type {Partial<HTMLElement>} */ (event.target ?? {});
  return !target.isContentEditable && !/^(input|textarea|select)$/i.test(target.tagName ?? "");
}

/**
 * @param {KeyboardEvent} event
 * @returns {string} the key as buttons name it; empty for one that is not meant for them
 */
export function pressed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return event.isComposing ? "" : SENDS;
  return meant(event) ? event.key.toUpperCase() : "";
}

/** Not the form beside the one that someone types in.
 * @param {HTMLElement} candidate
 * @param {EventTarget | null} target */
const isAside = (candidate, target) => {
  const form = /** @type {Partial<HTMLInputElement>} */ (target ?? {}).form;
  return Boolean(form) && /** @type {HTMLButtonElement} */ (candidate).form !== form;
};

/** @param {HTMLElement} element */
export function attach(element) {
  const toggle = /** @type {HTMLInputElement} */ (element);
  try {
    toggle.checked = localStorage.getItem(STORED) !== "off";
  } catch {
    // The device keeps nothing for this site: the switch stands for this page.
  }
  toggle.closest("[hidden]")?.removeAttribute("hidden");
  toggle.addEventListener("change", () => {
    try {
      localStorage.setItem(STORED, toggle.checked ? "on" : "off");
    } catch {
      // As above.
    }
  });
  document.addEventListener("keydown", (event) => {
    const wanted = toggle.checked ? pressed(event) : "";
    if (!wanted) return;
    // What the page itself offers, before what stands on every page.
    const offered = ["main [aria-keyshortcuts]", "[aria-keyshortcuts]"].flatMap((all) => [...document.querySelectorAll(all)]);
    for (const candidate of offered) {
      if (candidate.getAttribute("aria-keyshortcuts") !== wanted) continue;
      if (!(candidate instanceof HTMLElement) || candidate.offsetParent === null) continue;
      if (wanted === SENDS && isAside(candidate, event.target)) continue;
      event.preventDefault();
      candidate.focus();
      candidate.click();
      return;
    }
  });
}
