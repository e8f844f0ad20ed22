/**
 * Attaches each behaviour to the elements that ask for it. A module is fetched only when the page
 * has such an element; without JavaScript, or in a browser without import maps, pages still work.
 */

/** @typedef {{ attach: (element: HTMLElement) => unknown }} Behaviour */

/** After what the page shows at once: a slow line is left to that. */
const leisure = async () => {
  if (document.readyState !== "complete") await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
};

/** @type {Array<[selector: string, load: () => Promise<Behaviour>]>} */
const behaviours = [
  ["[data-when]", () => import("riverain/conditions")],
  ["[data-copy]", () => import("riverain/copy")],
  ["[data-count]", () => import("riverain/count")],
  ["[data-draft], [data-draft-sent]", () => import("riverain/draft")],
  ["[data-first-photo]", () => import("riverain/first-photo")],
  ["[data-keys]", () => import("riverain/keys")],
  ["[data-map]", () => import("riverain/map")],
  ["[data-once]", () => import("riverain/once")],
  ["[data-outbox]", () => leisure().then(() => import("riverain/outbox"))],
  ["[data-panes]", () => import("riverain/panes")],
  ["[data-photo-place]", () => import("riverain/photo-place")],
  ["[data-photos]", () => import("riverain/photos")],
  ["[data-position]", () => import("riverain/position")],
  ["[data-prepared]", () => import("riverain/prepared")],
  ["[data-proof]", () => import("riverain/proof")],
  ["[data-send]", () => import("riverain/send")],
  ["[data-steps]", () => import("riverain/steps")],
  ["[data-suggest]", () => import("riverain/suggest")],
  ["[data-unsent]", () => import("riverain/unsent")],
  ["[data-words]", () => import("riverain/words")],
];

/** @param {ParentNode} root the page, or the part of it that was just put there */
export function attachAll(root) {
  for (const [selector, load] of behaviours) {
    /** @type {NodeListOf<HTMLElement>} */
    const elements = root.querySelectorAll(selector);
    if (elements.length > 0) load().then(({ attach }) => elements.forEach((element) => attach(element)));
  }
}

attachAll(document);
