/**
 * Presses the buttons whose letter is printed on them. Only away from fields, without a modifier,
 * and only while the switch (`data-keys`, a checkbox) is on; the choice is kept on the device.
 */

const STORED = "riverain-keys";

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key is typed for the page, not for a field or the browser
 */
export function meant(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return false;
  const target = /** @type {Partial<HTMLElement>} */ (event.target ?? {});
  return !target.isContentEditable && !/^(input|textarea|select)$/i.test(target.tagName ?? "");
}

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
    if (!toggle.checked || !meant(event)) return;
    const wanted = event.key.toUpperCase();
    for (const candidate of document.querySelectorAll("[aria-keyshortcuts]")) {
      if (candidate.getAttribute("aria-keyshortcuts") !== wanted) continue;
      if (!(candidate instanceof HTMLElement) || candidate.offsetParent === null) continue;
      event.preventDefault();
      candidate.focus();
      candidate.click();
      return;
    }
  });
}
