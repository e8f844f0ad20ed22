/**
 * Sends the form of a report (`data-send`) without leaving it until the answer is there: the tracking
 * page opens, or the form comes back with what is to be mended, or, when the service does not answer,
 * it is kept on the phone and sent as soon as it does (`outbox`). Sent twice it is one report: the
 * form carries the identifier of its sending.
 */

import { forget } from "riverain/beginning";
import { AWAY, follow, keep, post } from "riverain/outbox";
import { attachAll } from "riverain/start";
import { discard, forgetHere, sentFromHere } from "riverain/store";

/** What leaves within this needs no bar. */
const SLOW_MS = 1_000;

/**
 * The page that the server answered, in place of this one.
 * @param {HTMLFormElement} form
 * @param {Document} answer
 */
function comeBack(form, answer) {
  const main = document.querySelector("main");
  const next = answer.querySelector("main");
  if (main && next?.querySelector("form[data-send]")) {
    main.replaceChildren(...next.childNodes);
    attachAll(main);
    document.title = answer.title;
    window.scrollTo({ top: 0 });
    /** @type {HTMLElement | null} */ (main.querySelector("[role=alert], .notice"))?.focus();
    return;
  }
  const line = /** @type {HTMLElement | null} */ (form.querySelector("[data-refused]"));
  if (!line) return;
  line.textContent = [next?.querySelector("h1"), next?.querySelector(".lead")].map((one) => one?.textContent?.trim()).join(" ");
  line.hidden = false;
  line.focus();
}

/** @param {HTMLElement} element */
export function attach(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const bar = form.querySelector("progress");
  const already = /** @type {HTMLElement | null} */ (form.querySelector("[data-already]"));
  const tracking = sentFromHere();
  if (already && tracking) {
    /** @type {HTMLAnchorElement} */ (already.querySelector("a")).href = tracking;
    already.hidden = false;
    form.classList.add("kept-back");
  }
  let sending = false;
  const busy = (/** @type {boolean} */ state) => {
    sending = state;
    form.toggleAttribute("data-busy", state);
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (state) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    if (bar) bar.hidden = true;
    const line = form.querySelector("[data-sending]");
    if (line) line.textContent = state ? (/** @type {HTMLElement} */ (line).dataset.sending ?? "") : "";
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    busy(true);
    const entries = /** @type {Array<[string, FormDataEntryValue]>} */ ([...new FormData(form, event.submitter)]);
    const draft = form.dataset.draft ?? "";
    const began = Date.now();
    const answer = await post(form.action, entries, (part) => {
      if (!bar) return;
      bar.value = part;
      bar.hidden = Date.now() - began < SLOW_MS;
    });
    if (answer === AWAY) {
      const key = String(entries.find(([name]) => name === "submission")?.[1] ?? Date.now());
      await keep(key, { url: form.action, entries, draft, label: form.dataset.send ?? "" });
      // Another tab may send it: this one would then bring back what is sent.
      forgetHere(draft);
      form.classList.add("kept-back");
      return;
    }
    if (answer.status === 201) {
      const { location: tracking } = await answer.json();
      form.dispatchEvent(new CustomEvent("riverain:sent"));
      await Promise.all([discard(draft), forget()]);
      follow(tracking);
      return;
    }
    busy(false);
    comeBack(form, new DOMParser().parseFromString(await answer.text(), "text/html"));
  });
  // Back from the tracking page to a page that the browser kept: it would send the same report.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && sending && form.isConnected) location.reload();
  });
}
