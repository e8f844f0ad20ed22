/**
 * A map that costs nothing until it comes into view: then its frame and what it is for are
 * fetched (`data-map`: pick, view or worklist). On a spared line it waits to be asked for. A map is
 * never the only way: the page works when this module fails.
 */

/** @type {Record<string, () => Promise<{ show: (frame: HTMLElement) => Promise<unknown> }>>} */
const kinds = {
  pick: () => import("riverain/map-pick"),
  view: () => import("riverain/map-view"),
  worklist: () => import("riverain/map-worklist"),
};

/** @param {HTMLElement} frame */
async function show(frame) {
  try {
    const kind = kinds[frame.dataset.map ?? ""];
    await (await kind?.())?.show(frame);
    frame.dataset.shown = "";
  } catch (error) {
    const sorry = document.createElement("p");
    sorry.className = "map-broken";
    sorry.textContent = frame.dataset.broken ?? "";
    frame.replaceChildren(sorry);
    throw error;
  }
}

/** @param {HTMLElement} frame */
export function attach(frame) {
  frame.hidden = false;
  const { connection } = /** @type {{ connection?: { saveData?: boolean, effectiveType?: string } }} */ (
    /** @type {unknown} */ (navigator)
  );
  if (connection?.saveData || /2g/.test(connection?.effectiveType ?? "")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet map-ask";
    button.textContent = frame.dataset.show ?? "";
    button.addEventListener("click", () => show(frame), { once: true });
    frame.replaceChildren(button);
    return;
  }
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    show(frame);
  });
  watch.observe(frame);
}
