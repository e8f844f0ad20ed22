/**
 * The desk's one screen (`data-panes`): what htmx brings into the pane beside the list becomes a
 * state of the page. The address says which report is open, the list keeps its place and marks the
 * row, the heading takes the focus, and what fails is said in the pane with nothing lost. Back and
 * forward change the pane alone as long as the list is the same. Without this module every link
 * and form leads to a whole page.
 */

import { attachAll } from "riverain/start";

const LATE = 300;
const REPORT = /\/signalements\/([^/?#]+)/;

/**
 * @param {string} address
 * @returns {string} the number of the report that an address shows; empty for a list
 */
export function numberIn(address) {
  return decodeURIComponent(REPORT.exec(new URL(address, "http://riverain").pathname)?.[1] ?? "");
}

/**
 * @param {string} address
 * @returns {string} what an address says of the list, whatever the order
 */
export function listIn(address) {
  const said = new URL(address, "http://riverain").searchParams;
  said.sort();
  return said.toString();
}

/**
 * Where J, K and the arrows lead in a list.
 * @param {number} here the row that has the focus, or is open; -1 for none
 * @param {number} by
 * @param {number} length
 * @returns {number} the row to go to; -1 for none
 */
export function stepped(here, by, length) {
  if (here < 0) return length > 0 ? 0 : -1;
  const there = here + by;
  return there < 0 || there >= length ? -1 : there;
}

/**
 * @param {{ status: number }} answer
 * @returns {"lost" | "gone" | "refused" | "broken"} which of the sentences of the notice fits
 */
export function why({ status }) {
  if (status === 0) return "lost";
  if (status === 404) return "gone";
  return status === 403 ? "refused" : "broken";
}

/**
 * A form's token changes when one signs in again in another tab: the page at hand is asked for the
 * one of now.
 */
async function renewTokens() {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true", "HX-Target": "pane" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = /** @type {HTMLInputElement | null} */ (page.querySelector("[name=csrfmiddlewaretoken]"));
  if (!fresh) return;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
    /** @type {HTMLInputElement} */ (field).value = fresh.value;
  }
}

/** @param {HTMLElement} panes */
export function attach(panes) {
  const pane = /** @type {HTMLElement} */ (panes.querySelector("#pane"));
  const listing = /** @type {HTMLElement | null} */ (panes.querySelector(".listing"));
  const loading = /** @type {HTMLElement} */ (panes.querySelector("[data-loading]"));
  const failed = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-failed]"));
  const { htmx } = /** @type {any} */ (window);
  /** The address whose pane is on its way without a click: back, forward, the link to the list. */
  let asked = "";
  let scrolled = 0;
  let inPane = numberIn(location.href) !== "";
  /** @type {number | undefined} */
  let waiting;

  const links = () => /** @type {HTMLAnchorElement[]} */ ([...(listing?.querySelectorAll(".item-title") ?? [])]);
  // The bare address shows a list that has a name of its own, which the reports carry.
  const lists = new Set([listIn(location.href), listIn(links()[0]?.href ?? location.href)]);
  /** The report on its way: keys pressed before it is there go on from it, and what is pressed in the
   * pane would be a step on the one that leaves. */
  let awaited = "";
  const current = () => links().findIndex((link) => numberIn(link.href) === (awaited || numberIn(location.href)));

  function mark() {
    const number = numberIn(location.href);
    for (const link of links()) {
      if (number && numberIn(link.href) === number) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const wasList = document.body.dataset.at === "list";
    document.body.dataset.at = number ? "report" : "list";
    // On a phone one takes the place of the other: what comes is read from its beginning, and the list
    // is found again where it was left.
    if (number || !wasList) window.scrollTo(0, number ? 0 : scrolled);
  }

  /** @param {string} address */
  function load(address) {
    asked = address;
    htmx.ajax("GET", address, { source: pane, target: pane, swap: "innerHTML" });
  }

  /** Puts what a step changed elsewhere on the page: the row, the counts. */
  function freshen() {
    const fresh = /** @type {HTMLTemplateElement | null} */ (pane.querySelector("template[data-fresh]"));
    for (const element of fresh ? [...fresh.content.children] : []) {
      const old = document.getElementById(element.id);
      if (!old || pane.contains(old)) continue;
      old.replaceWith(element);
      htmx.process(element);
    }
    fresh?.remove();
  }

  /** Not away from a field where someone began to type while the pane was on its way: the letters
   * that follow would be keys of the desk. @param {boolean} toList */
  function focus(toList) {
    const typing = document.activeElement?.matches("input, select, textarea") && !pane.contains(document.activeElement);
    if (typing) return;
    const link = toList ? links().find((one) => numberIn(one.href) === left) : undefined;
    const wanted = link ?? pane.querySelector("[autofocus]") ?? pane.querySelector("h1, h2");
    if (wanted instanceof HTMLElement) wanted.focus({ preventScroll: !link });
  }
  let left = "";

  /** @param {any} detail of an htmx event: what failed, and how to do it again */
  function fail(detail) {
    awaited = "";
    pane.querySelector("[data-notice]")?.remove();
    const elt = /** @type {HTMLElement} */ (detail.elt);
    const notice = /** @type {HTMLElement} */ (
      /** @type {DocumentFragment} */ (failed.content.cloneNode(true)).firstElementChild
    );
    const words = /** @type {HTMLElement} */ (notice.querySelector("[data-why]"));
    const reason = why(detail.xhr);
    words.textContent = words.dataset[reason] ?? "";
    if (reason === "refused") notice.querySelector("[data-sign-in]")?.removeAttribute("hidden");
    const address = asked;
    notice.querySelector("button")?.addEventListener("click", async () => {
      if (reason === "refused") await renewTokens();
      notice.remove();
      if (elt instanceof HTMLFormElement) elt.requestSubmit();
      else if (elt === pane) load(address);
      else elt.click();
    });
    pane.prepend(notice);
    pane.scrollTo?.(0, 0);
    notice.scrollIntoView({ block: "nearest" });
    elt.dispatchEvent(new CustomEvent("riverain:unsent"));
  }

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.target !== pane) return;
    pane.setAttribute("aria-busy", "true");
    awaited = numberIn(detail.pathInfo.requestPath);
    waiting = window.setTimeout(() => (loading.textContent = loading.dataset.loading ?? ""), LATE);
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.target !== pane) return;
    pane.removeAttribute("aria-busy");
    window.clearTimeout(waiting);
    loading.textContent = "";
    const { status } = detail.xhr;
    // 409 and 422 are pages of the form itself, which say what is wrong.
    if (status < 200 || (status >= 400 && status !== 409 && status !== 422)) fail(detail);
  });
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    const there = detail.target === pane && detail.xhr.getResponseHeader("HX-Redirect");
    if (!there) return;
    awaited = "";
    if (!lists.has(listIn(there))) return;
    // A step took the report out of sight: the list is read again, and goes on with the row that followed.
    const all = links();
    const next = all[current() + 1] ?? all[current() - 1];
    event.preventDefault();
    location.assign(there + (next ? `#${next.closest(".item")?.id}` : ""));
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    // A refusal that no form caught is a whole page: it does not belong in the pane.
    if (detail.target !== pane || !/^\s*<!doctype/i.test(detail.serverResponse)) return;
    detail.shouldSwap = false;
    if (detail.xhr.status < 400) location.assign(detail.xhr.responseURL);
    else fail({ ...detail, elt: detail.requestConfig.elt });
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.target !== pane) return;
    const { verb } = detail.requestConfig;
    left = numberIn(location.href) || left;
    const shown = /** @type {HTMLElement | null} */ (pane.querySelector("[data-address]"));
    const address = asked || (verb === "get" ? detail.xhr.responseURL : (shown?.dataset.address ?? location.href));
    asked = "";
    if (new URL(address, location.href).href !== location.href) {
      if (!numberIn(location.href)) scrolled = window.scrollY;
      // Back leads to the report, never to a form that was sent.
      if (verb === "get") history.pushState({}, "", address);
      else history.replaceState({}, "", address);
    }
    if (awaited === numberIn(location.href)) awaited = "";
    freshen();
    mark();
    attachAll(pane);
    pane.parentElement?.scrollTo(0, 0);
    pane.querySelector(".dossier-body")?.scrollTo(0, 0);
    inPane = numberIn(location.href) !== "";
    focus(!inPane);
  });

  for (const type of ["click", "submit"]) {
    const hold = (/** @type {Event} */ event) => {
      if (!awaited) return;
      event.preventDefault();
      event.stopPropagation();
    };
    pane.addEventListener(type, hold, true);
  }
  window.addEventListener("popstate", () => {
    if (!listing || !lists.has(listIn(location.href))) location.reload();
    else load(location.href);
  });
  pane.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.back[data-list]") : null;
    if (!listing || !(link instanceof HTMLAnchorElement)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    load(link.href.replace(/#.*/, ""));
  });

  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof Element) || target.closest("[data-foot]")) return;
    inPane = pane.contains(target);
  });

  /** @param {number} by */
  function move(by) {
    const all = links();
    const opens = inPane && numberIn(location.href) !== "";
    const focused = all.findIndex((link) => link === last);
    const next = all[stepped(opens || focused < 0 ? current() : focused, by, all.length)];
    if (!next) return beyond(by);
    if (!opens) return next.focus();
    next.scrollIntoView({ block: "nearest" });
    awaited = numberIn(next.href);
    next.click();
  }
  /** The list goes on with its next page, where it has one. @param {number} by */
  function beyond(by) {
    const page = /** @type {HTMLAnchorElement | null} */ (listing?.querySelector(`.pages [rel=${by > 0 ? "next" : "prev"}]`));
    if (page) page.click();
    else if (end) end.textContent = (by > 0 ? end.dataset.last : end.dataset.first) ?? "";
  }
  const end = /** @type {HTMLElement | null} */ (panes.querySelector("[data-end]"));
  /** @type {Element | null} */
  let last = null;
  listing?.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.matches(".item-title")) last = target;
  });
  listing?.addEventListener("keydown", (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(".item-title")) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const all = links();
    all[stepped(all.findIndex((link) => link === document.activeElement), by, all.length)]?.focus();
  });

  const foot = panes.querySelector("[data-foot]");
  foot?.removeAttribute("hidden");
  for (const button of foot?.querySelectorAll("[data-move]") ?? []) {
    button.addEventListener("click", () => move(Number(/** @type {HTMLElement} */ (button).dataset.move)));
  }
  const touches = foot?.querySelector("[data-touches]");
  touches?.addEventListener("click", () => {
    const shown = foot?.querySelector("#touches");
    const open = shown?.toggleAttribute("hidden") === false;
    touches.setAttribute("aria-expanded", String(open));
  });
  links()[current()]?.scrollIntoView({ block: "center" });
  const asRow = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (asRow && listing?.contains(asRow)) /** @type {HTMLElement | null} */ (asRow.querySelector(".item-title"))?.focus();
}
