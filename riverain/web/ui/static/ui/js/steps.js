/**
 * A long form, one question a screen: `data-steps` on the form, a `data-step="name"` for each
 * section, `data-step-title` on its heading. The browser's Back goes one step back, the address says
 * which (`#details`), nothing is lost since it stays one form. Without this module the form is one
 * page, and the server shows what was said before it is sent.
 *
 * The form opens at the first step that still asks something: what a photo or earlier words have
 * answered is not asked again, but shown at the end, where each line leads back to its step.
 */

import { clear, faults, show } from "riverain/checks";
import { forget } from "riverain/position";
import { draw, lines } from "riverain/summary";

/** @param {HTMLElement} element */
export function attach(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const steps = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-step]")]);
  const last = steps.length - 1;
  const { next = "", sends = "", sendValue = "", mark = "", edit = "", about = "" } = form.dataset;
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-onward]"));
  const back = /** @type {HTMLAnchorElement | null} */ (form.querySelector("[data-back]"));
  const summaries = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-summary]")]);
  const alert = /** @type {HTMLTemplateElement | null} */ (form.querySelector("template[data-alert]"));
  const title = document.title;
  let now = 0;
  if (!button || steps.length === 0) return;

  const titleOf = (/** @type {HTMLElement | undefined} */ step) =>
    /** @type {HTMLElement | null | undefined} */ (step?.querySelector("[data-step-title]"));

  const retell = () => {
    const said = steps.flatMap(lines);
    for (const list of summaries) draw(list, said, { edit, about });
    form.classList.toggle("nothing-said", said.length === 0);
  };

  /** @param {number} index */
  const open = (index, { focus = true } = {}) => {
    now = index;
    steps.forEach((step, at) => {
      step.hidden = at !== index;
      if (at < index) step.dataset.passed = "";
    });
    form.classList.toggle("at-end", index === last);
    const label = button.querySelector("span");
    if (label) label.textContent = index === last ? sends : next;
    // Only the last step sends; until then the server would only be asked to check.
    button.value = index === last ? sendValue : "";
    const heading = titleOf(steps[index]);
    document.title = `${heading?.textContent?.trim() ?? ""} – ${title}`;
    retell();
    if (!focus) return;
    window.scrollTo({ top: 0 });
    heading?.focus({ preventScroll: true });
  };

  /** @param {number} index */
  const go = (index) => {
    if (index === now) return;
    history.pushState({ step: index, from: now }, "", `#${steps[index]?.dataset.step ?? ""}`);
    open(index);
  };

  /** Shows what is wrong in a step. @param {HTMLElement} step */
  const refused = (step) => {
    const wrong = faults(form, step);
    for (const fault of wrong) show(fault, mark, alert?.content);
    wrong[0]?.field.focus();
    return wrong.length > 0;
  };

  /** Whether the place was left out without a word, in the step that asks it. @param {HTMLElement} step */
  const placeless = (step) => {
    const place = /** @type {HTMLElement | null} */ (step.querySelector("[data-place]"));
    const filled = [...step.querySelectorAll("input")].some((field) => /^(address|lat)$/.test(field.name) && field.value.trim());
    return Boolean(place) && !filled;
  };

  const answered = (/** @type {HTMLElement} */ step) => !placeless(step) && faults(form, step).length === 0;

  /** The first step that asks something still, the end at most. */
  const first = () => {
    const open = steps.findIndex((step, index) => index === last || !answered(step));
    return Math.max(0, open);
  };

  const onward = () => {
    const step = /** @type {HTMLElement} */ (steps[now]);
    if (refused(step)) return;
    const unsaid = /** @type {HTMLElement | null} */ (step.querySelector("[data-unsaid]"));
    if (unsaid && placeless(step)) {
      unsaid.textContent = unsaid.dataset.unsaid ?? "";
      unsaid.classList.add("wrong");
      step.querySelector("input")?.focus();
      return;
    }
    go(now + 1);
  };

  // Before the works that a sending waits for (`pending`): a step is not a sending.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      if (now === last && !refused(/** @type {HTMLElement} */ (steps[last]))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (now < last) onward();
    },
    { capture: true },
  );
  form.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLElement | null} */ (target.closest("[data-goto]"));
    if (link) {
      event.preventDefault();
      go(steps.findIndex((step) => step.dataset.step === link.dataset.goto));
    } else if (target.closest("[data-skip]")) {
      go(now + 1);
    } else if (back && target.closest("[data-back]") && now > 0) {
      event.preventDefault();
      // One step back in the history where that is where we came from, so that Back and Back agree.
      if (history.state?.from === now - 1) history.back();
      else go(now - 1);
    }
  });
  for (const type of ["input", "change", "riverain:place", "riverain:photos"]) {
    form.addEventListener(
      type,
      (event) => {
        const field = /** @type {HTMLElement} */ (event.target);
        if (field.id) clear(field);
        if (type === "riverain:photos") for (const one of form.querySelectorAll("[data-unless=photos]")) clear(/** @type {HTMLElement} */ (one));
        const unsaid = form.querySelector("[data-unsaid].wrong");
        if (unsaid && !placeless(/** @type {HTMLElement} */ (unsaid.closest("[data-step]")))) {
          unsaid.textContent = "";
          unsaid.classList.remove("wrong");
        }
        retell();
      },
      true,
    );
  }
  // A point that nobody receives is no answer: it would only be refused at the end, over an address too.
  form.addEventListener("riverain:here", (event) => {
    if (/** @type {CustomEvent<import("riverain/here").Here>} */ (event).detail.nowhere) forget(/** @type {HTMLElement} */ (event.target));
    retell();
  });
  window.addEventListener("popstate", () => {
    if (!form.isConnected) return;
    const index = steps.findIndex((step) => `#${step.dataset.step}` === location.hash);
    open(Math.max(0, index));
  });
  /** What comes back from before (a draft, a photo) may answer the first steps. */
  form.addEventListener("riverain:restored", () => {
    retell();
  });

  form.classList.add("live");
  for (const one of form.querySelectorAll("[data-with-steps]")) /** @type {HTMLElement} */ (one).hidden = false;
  const wrong = steps.findIndex((step) => step.querySelector("[aria-invalid=true]"));
  const asked = steps.findIndex((step) => `#${step.dataset.step}` === location.hash);
  if (wrong >= 0) {
    history.replaceState({ step: wrong }, "", `#${steps[wrong]?.dataset.step}`);
    open(wrong, { focus: false });
  } else open(asked >= 0 ? asked : 0, { focus: false });
  // A photo that began the report, with its place: nothing may be left to ask before the end.
  const begun = () => {
    const index = first();
    // Whoever has begun to answer is not taken away from it.
    const answers = form.contains(document.activeElement);
    if (now === 0 && index > 0 && !location.hash && !answers) go(index);
  };
  if (form.dataset.begun !== undefined) begun();
  else form.addEventListener("riverain:begun", begun);
}
