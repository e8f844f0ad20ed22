/** Work that a form waits for before it is sent: a picture made smaller, a puzzle solved. */

/** @type {WeakMap<HTMLFormElement, Set<() => Promise<unknown>>>} */
const held = new WeakMap();

/**
 * Makes `form` wait for `work()` when it is sent. The work may fail: the form is sent all the same,
 * and the server decides.
 * @param {HTMLFormElement} form
 * @param {() => Promise<unknown>} work called at each sending; answers at once when it is done
 */
export function hold(form, work) {
  const works = held.get(form);
  if (works) {
    works.add(work);
    return;
  }
  const mine = new Set([work]);
  held.set(form, mine);
  /** @type {"no" | "waiting" | "ready"} */
  let state = "no";
  form.addEventListener(
    "submit",
    async (event) => {
      if (state === "ready") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (state === "waiting") return;
      state = "waiting";
      await Promise.allSettled([...mine].map((start) => start()));
      // While this event is still being told, the browser ignores another sending.
      await new Promise((resolve) => setTimeout(resolve));
      state = "ready";
      form.requestSubmit(event.submitter);
      // Still ready: the form's own checks refused it, and nothing was sent.
      state = "no";
    },
    { capture: true },
  );
}
