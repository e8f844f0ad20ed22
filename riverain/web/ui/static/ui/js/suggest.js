/**
 * Addresses under the field while one is typed (`{% address_field %}`): a combobox with a listbox, as
 * the ARIA practices describe it. The answer that is chosen fills the hidden point; a street without
 * a number fills only the words, and the number is asked. Slow or down, nothing is said: what was
 * typed goes as it is.
 */

import { write } from "riverain/position";

/** @typedef {{ label: string, name: string, context: string, lon: number, lat: number, exactness: string, said: string }} Answer */

const QUIET_MS = 180;
const SHORTEST = 3;
const PATIENCE_MS = 3_000;

/**
 * The answer that a key leads to: the next, the one before, none at either end.
 * @param {number} active -1 for none
 * @param {number} count
 * @param {string} key
 */
export function moved(active, count, key) {
  const step = key === "ArrowDown" ? 1 : -1;
  // One place more than there are answers: the field itself.
  return ((active + 1 + step + count + 1) % (count + 1)) - 1;
}

/** @param {HTMLElement} field */
export function attach(field) {
  const input = /** @type {HTMLInputElement | null} */ (field.querySelector("input"));
  const list = /** @type {HTMLElement | null} */ (field.querySelector("[role=listbox]"));
  const pattern = field.querySelector("template");
  const line = field.querySelector("[data-suggest-said]");
  if (!input || !list || !pattern || !line) return;
  const box = new Combobox(field, input, list, pattern, line);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
  input.spellcheck = false;
  input.addEventListener("input", () => box.typed());
  input.addEventListener("keydown", (event) => box.pressed(event));
  input.addEventListener("blur", () => box.close());
  // The list must not take the focus: its field would close it before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = /** @type {Element} */ (event.target).closest("[role=option]");
    if (item) box.choose([...list.children].indexOf(item));
  });
  input.form?.addEventListener("riverain:here", (event) => box.found(/** @type {CustomEvent<{ address: string }>} */ (event).detail.address));
}

class Combobox {
  /**
   * @param {HTMLElement} field
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} pattern an answer, drawn by the server
   * @param {Element} line what is said aloud
   */
  constructor(field, input, list, pattern, line) {
    this.field = field;
    this.input = input;
    this.list = list;
    this.pattern = pattern;
    this.line = line;
    /** @type {Answer[]} */
    this.answers = [];
    this.active = -1;
    this.timer = 0;
    /** @type {AbortController | undefined} */
    this.asking = undefined;
    /** The point that we wrote with words of ours. */
    this.pointed = "";
    /** The address of the pin, where it is what stands in the field; what we wrote there ourselves. */
    this.pinned = "pinned" in input.dataset ? input.value : "";
    this.written = this.pinned;
  }

  typed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.say("");
    // The point was that of other words. One that was placed on the map stays, where it is received.
    const outside = Boolean(this.place()?.querySelector(".outside"));
    if (outside || (this.pointed && this.pointed === this.point().join())) this.forget();
    this.pointed = "";
    this.timer = setTimeout(() => this.search(), QUIET_MS);
  }

  async search() {
    const text = this.input.value.trim();
    if (text.length < SHORTEST) return this.close();
    const asking = new AbortController();
    this.asking = asking;
    const late = setTimeout(() => asking.abort(), PATIENCE_MS);
    try {
      const address = new URL(this.field.dataset.suggest ?? "", location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.close();
      const { answers } = /** @type {{ answers: Answer[] }} */ (await answer.json());
      if (this.asking === asking && document.activeElement === this.input) this.open(answers);
    } catch {
      if (this.asking === asking) this.close();
    } finally {
      clearTimeout(late);
    }
  }

  /** @param {Answer[]} answers */
  open(answers) {
    const { one = "", many = "", none = "" } = this.field.dataset;
    this.answers = answers;
    this.list.replaceChildren(...answers.map((answer, at) => this.item(answer, at)));
    this.list.hidden = answers.length === 0;
    this.input.setAttribute("aria-expanded", String(answers.length > 0));
    this.activate(-1);
    this.say(answers.length === 0 ? none : (answers.length === 1 ? one : many).replace("{n}", String(answers.length)));
  }

  /** @param {Answer} answer @param {number} at */
  item(answer, at) {
    const made = /** @type {DocumentFragment} */ (this.pattern.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (made.firstElementChild);
    item.id = `${this.list.id}_${at}`;
    for (const part of /** @type {const} */ (["name", "context"])) {
      const place = item.querySelector(`[data-${part}]`);
      if (place) place.textContent = answer[part];
    }
    return item;
  }

  close() {
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  /** @param {number} at */
  activate(at) {
    this.active = at;
    [...this.list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === at));
      if (index === at) item.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}_${at}`);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) {
        if (event.key === "ArrowDown") this.search();
      } else {
        this.activate(moved(this.active, this.answers.length, event.key));
      }
      event.preventDefault();
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      // Not the form's: an address is chosen, nothing is sent.
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  /** @param {number} at */
  choose(at) {
    const answer = this.answers[at];
    if (!answer) return;
    clearTimeout(this.timer);
    this.close();
    this.fill(answer.label);
    const point = { longitude: answer.lon, latitude: answer.lat };
    if (answer.exactness === "street") {
      // The number is typed before the street.
      this.input.setSelectionRange(0, 0);
      this.place()?.dispatchEvent(new CustomEvent("riverain:look", { detail: point }));
    } else {
      write(this.field, point);
      this.pointed = this.point().join();
      this.place()?.dispatchEvent(new CustomEvent("riverain:place", { bubbles: true, detail: point }));
    }
    this.say(answer.said);
    this.input.focus();
  }

  /**
   * The address of a point that was placed on the map, where nobody typed another; that of the pin's
   * last place goes when there is none at the new one.
   * @param {string} address
   */
  found(address) {
    const value = this.input.value;
    if (address ? value === "" || value === this.written : value !== "" && value === this.pinned) {
      this.fill(address);
      this.pinned = address;
      this.pointed = "";
    }
  }

  /** @param {string} text */
  fill(text) {
    this.input.value = text;
    this.written = text;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  forget() {
    for (const one of this.fields()) one.value = "";
    const place = this.place();
    place?.querySelector("[data-map]")?.classList.remove("chosen", "outside");
    place?.querySelector("[data-said].wrong")?.replaceChildren();
  }

  point() {
    return this.fields().map((one) => one.value);
  }

  fields() {
    return [this.field.dataset.longitude, this.field.dataset.latitude]
      .map((id) => document.getElementById(id ?? ""))
      .filter((one) => one instanceof HTMLInputElement);
  }

  place() {
    return this.input.form?.querySelector("[data-place]");
  }

  /** @param {string} sentence */
  say(sentence) {
    this.line.textContent = sentence;
  }
}
