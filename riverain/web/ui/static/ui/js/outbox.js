/**
 * Forms that could not be sent, kept on the phone and sent again by themselves: while the page is
 * open, when the network is back, and on the next visit of any of the town's pages. Sending twice
 * makes one report (the form's identifier), so nothing is risked by trying. `data-outbox` is the
 * place that says so; its `data-state` parts are shown one at a time.
 */

import { forget } from "riverain/beginning";
import { discard, entries as kept, mark, put, remove } from "riverain/store";

/** @typedef {{ url: string, entries: Array<[string, FormDataEntryValue]>, draft: string, label: string }} Letter */

/** The service, or the way to it, is away. */
export const AWAY = Symbol("away");
const AWAY_STATUSES = new Set([502, 503, 504]);
/** Four photos over a slow line take less; past it, nobody answers. */
const PATIENCE_MS = 180_000;
const [FIRST_MS, MOST_MS] = [5_000, 300_000];

/**
 * @param {string} url
 * @param {Array<[string, FormDataEntryValue]>} entries
 * @param {(part: number) => void} [told] how much has left, 0 to 1; `fetch` could not say
 * @returns {Promise<Response | typeof AWAY>}
 */
export function post(url, entries, told) {
  const body = new FormData();
  for (const [name, value] of entries) body.append(name, value);
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.setRequestHeader("Accept", "application/json");
  request.timeout = PATIENCE_MS;
  if (told) request.upload.addEventListener("progress", ({ loaded, total }) => told(loaded / total));
  return new Promise((resolve) => {
    request.addEventListener("load", () => {
      const { status, responseText } = request;
      resolve(AWAY_STATUSES.has(status) ? AWAY : new Response(responseText, { status }));
    });
    for (const end of ["error", "timeout", "abort"]) request.addEventListener(end, () => resolve(AWAY));
    request.send(body);
  });
}

/**
 * Opens the page where what this one sent is followed.
 * @param {string} tracking
 */
export function follow(tracking) {
  mark(tracking);
  location.assign(tracking);
}

/**
 * How long to wait after so many tries.
 * @param {number} tries
 */
export const pause = (tries) => Math.min(MOST_MS, FIRST_MS * 2 ** tries);

/** @type {HTMLElement | undefined} */
let box;
/** @type {string | undefined} the letter that this page waits for: its tracking page opens by itself */
let ours;
let tries = 0;
let timer = 0;
/** @type {Array<[string, Letter]>} what a phone that keeps nothing holds, as long as the page is open */
const unkept = [];

/** @param {"waiting" | "open" | "sent" | "refused"} state @param {{ href?: string, sentence?: string }} more */
function show(state, { href = "", sentence = "" } = {}) {
  for (const part of box?.querySelectorAll("[data-state]") ?? []) {
    const one = /** @type {HTMLElement} */ (part);
    one.hidden = one.dataset.state !== state;
    if (one.hidden) continue;
    const link = one.querySelector("a");
    if (link && href) link.href = href;
    const line = one.querySelector("[data-sentence]");
    if (line) line.textContent = sentence;
  }
}

/** @param {string} key @param {Letter} letter @returns {Promise<boolean>} whether the service answered */
async function deliver(key, letter) {
  const answer = await post(letter.url, letter.entries);
  if (answer === AWAY) return false;
  await remove("outbox", key);
  unkept.splice(0, unkept.findIndex(([other]) => other === key) + 1);
  if (answer.status === 201) {
    const { location: tracking } = await answer.json();
    await Promise.all([discard(letter.draft), forget()]);
    if (ours === key) follow(tracking);
    else show("sent", { href: tracking });
  } else {
    // The draft is still there: the form opens with everything in it.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector("[role=alert] li, .notice h2, h1")?.textContent?.trim() ?? "";
    show("refused", { href: letter.url, sentence: said });
  }
  return true;
}

/** The buttons that try again turn while it is tried. @param {boolean} state */
function trying(state) {
  for (const button of box?.querySelectorAll("[data-retry]") ?? []) {
    if (state) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

async function run() {
  clearTimeout(timer);
  for (const [key, letter] of [...(await kept("outbox")), ...unkept]) {
    show(unkept.length > 0 ? "open" : "waiting");
    trying(true);
    const answered = await deliver(key, letter);
    trying(false);
    if (!answered) {
      timer = setTimeout(turn, pause(tries++));
      return;
    }
    tries = 0;
  }
}

/** One tab at a time. */
function turn() {
  if (!navigator.locks) return run();
  return navigator.locks.request("riverain-outbox", { ifAvailable: true }, (lock) => (lock ? run() : undefined));
}

/** @param {string} key @param {Letter} letter */
export async function keep(key, letter) {
  ours = key;
  const stays = await put("outbox", key, letter);
  if (!stays) unkept.push([key, letter]);
  show(stays ? "waiting" : "open");
  box?.scrollIntoView({ block: "center" });
  // The button that was pressed is gone with the form; the words are told by themselves.
  /** @type {HTMLElement | null | undefined} */ (box?.querySelector("[data-state]:not([hidden]) [data-retry]"))?.focus();
  timer = setTimeout(turn, pause(tries++));
}

/** @param {HTMLElement} element */
export function attach(element) {
  box = element;
  const again = () => {
    tries = 0;
    return turn();
  };
  for (const button of element.querySelectorAll("[data-retry]")) button.addEventListener("click", again);
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && turn());
  return turn();
}
