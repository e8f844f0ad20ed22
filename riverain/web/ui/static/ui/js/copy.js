/**
 * Copies a word of the page: `data-copy` is the id of what holds it. Shown only where it works; the
 * word itself is always there to be noted.
 */

/** @param {HTMLElement} element */
export function attach(element) {
  const source = document.getElementById(element.dataset.copy ?? "");
  const button = element.querySelector("button");
  const line = element.querySelector("[role=status]");
  // Browsers give the clipboard to pages that came over a safe connection.
  if (!source || !button || !line || !navigator.clipboard) return;
  element.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      line.textContent = element.dataset.done ?? "";
    } catch {
      line.textContent = element.dataset.failed ?? "";
    }
  });
}
