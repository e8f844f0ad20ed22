/**
 * A form with `data-once` is sent once, however often its button is pressed. Without a network it is
 * not sent, and `data-offline` in it says so: the browser would put its own page in the place of what
 * was written.
 */

/**
 * @param {HTMLElement} line
 * @param {boolean} offline
 */
function tell(line, offline) {
  line.hidden = !offline;
  line.textContent = offline ? (line.dataset.offline ?? "") : "";
}

/** @param {HTMLElement} element */
export function attach(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const unsent = /** @type {HTMLElement | null} */ (form.querySelector("[data-offline]"));
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
    const offline = Boolean(unsent) && !navigator.onLine;
    if (unsent) tell(unsent, offline);
    if (sent || offline) event.preventDefault();
    else mark(true);
  });
  if (unsent) window.addEventListener("online", () => tell(unsent, false));
  // What sends it without leaving the page says when it did not arrive.
  form.addEventListener("riverain:unsent", () => mark(false));
  // Coming back to the page, the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) mark(false);
  });
}
