/** A form with `data-once` is sent once, however often its button is pressed. */

/** @param {HTMLElement} element */
export function attach(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  let sent = false;
  /** @param {boolean} state */
  const mark = (state) => {
    sent = state;
    // Not `disabled`: the pressed button's own name and value must be sent.
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (state) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  };
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    else mark(true);
  });
  // What sends it without leaving the page says when it did not arrive.
  form.addEventListener("riverain:unsent", () => mark(false));
  // Coming back to the page, the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) mark(false);
  });
}
