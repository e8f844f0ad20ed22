/**
 * A text prepared for each choice: choosing fills the text, until someone has written in it.
 * `data-prepared` on the text holds the prepared ones by value (JSON), `data-prepared-by` names the
 * radios. Without JavaScript an empty text stands for the prepared one.
 */

/**
 * @param {string} written what the text holds
 * @param {string} value the choice made
 * @param {Record<string, string>} prepared
 * @returns {string} what the text holds now
 */
export function filled(written, value, prepared) {
  const untouched = written.trim() === "" || Object.values(prepared).includes(written);
  return untouched ? (prepared[value] ?? written) : written;
}

/** @param {HTMLElement} element */
export function attach(element) {
  const area = /** @type {HTMLTextAreaElement} */ (element);
  /** @type {Record<string, string>} */
  const prepared = JSON.parse(area.dataset.prepared ?? "{}");
  area.form?.addEventListener("change", (event) => {
    const radio = /** @type {HTMLInputElement} */ (event.target);
    if (radio.name !== area.dataset.preparedBy) return;
    area.value = filled(area.value, radio.value, prepared);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
