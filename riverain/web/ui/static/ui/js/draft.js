/**
 * Keeps what is typed in a form with `data-draft="name"`, its photos among it, on the phone, and
 * brings it back: at once after an error, a reload or a return in the same tab, else only when it is
 * asked for ("Reprendre" in `data-draft-offer`), for whoever holds the phone now may be someone else.
 * Words are noted for their own tab at each key, photos and what another tab is offered a moment later.
 * An element with `data-draft-sent="name"` (the page that thanks) forgets it. Never passwords or
 * hidden fields but a place's; not for stations that agents share.
 */

import { bring } from "riverain/beginning";
import { write } from "riverain/position";
import { discard, get, here, note, put, sentFromHere, tab } from "riverain/store";

/** @typedef {Record<string, string[]>} Draft */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

const SKIPPED = new Set(["hidden", "password", "file", "submit", "button", "reset"]);
const QUIET_MS = 250;

/**
 * @param {Iterable<Element>} elements
 * @returns {Field[]}
 */
function kept(elements) {
  return /** @type {Field[]} */ (
    [...elements].filter((element) => {
      const { name, type } = /** @type {HTMLInputElement} */ (element);
      return Boolean(name) && !SKIPPED.has(type) && "value" in element;
    })
  );
}

/** @param {{ type: string }} field */
const ticked = (field) => field.type === "radio" || field.type === "checkbox";

/**
 * Whether a field holds something else than what the server sent.
 * @param {Field} field
 */
export function touched(field) {
  if (ticked(field)) return /** @type {HTMLInputElement} */ (field).checked !== /** @type {HTMLInputElement} */ (field).defaultChecked;
  return "defaultValue" in field && field.value !== field.defaultValue;
}

/**
 * What the fields hold now.
 * @param {Iterable<Element>} elements
 * @returns {Draft}
 */
export function taken(elements) {
  /** @type {Draft} */
  const draft = {};
  for (const field of kept(elements)) {
    if (ticked(field)) {
      draft[field.name] ??= [];
      if (/** @type {HTMLInputElement} */ (field).checked) draft[field.name]?.push(field.value);
    } else draft[field.name] = [field.value];
  }
  return draft;
}

/**
 * Fills the fields that the page left empty; what the server sent stands.
 * @param {Iterable<Element>} elements
 * @param {Draft} draft
 */
export function restored(elements, draft) {
  const fields = kept(elements);
  const answered = new Set(
    fields.filter((field) => ticked(field) && /** @type {HTMLInputElement} */ (field).checked).map((f) => f.name),
  );
  for (const field of fields) {
    const values = draft[field.name];
    if (!values) continue;
    if (ticked(field)) {
      if (answered.has(field.name)) continue;
      /** @type {HTMLInputElement} */ (field).checked = values.includes(field.value);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (field.value === "") {
      field.value = values[0] ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement | null} where its photos are chosen
 */
const photosOf = (form) => form.querySelector("[data-photos] input[type=file]");

/**
 * Puts photos into an empty file input; the module of the pictures takes them from there.
 * @param {HTMLFormElement} form
 * @param {File[]} photos
 */
export function choose(form, photos) {
  const input = photosOf(form);
  // What the form got back from the server already holds these photos, as tokens.
  if (!input || input.files?.length || photos.length === 0 || form.querySelector("[name=kept]")) return;
  const transfer = new DataTransfer();
  for (const photo of photos) transfer.items.add(photo);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * @param {HTMLFormElement} form
 * @returns {[place: HTMLElement | null, longitude: string, latitude: string]}
 */
function placeOf(form) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-place]"));
  const value = (/** @type {string | undefined} */ id) =>
    /** @type {HTMLInputElement | null} */ (document.getElementById(id ?? ""))?.value ?? "";
  return [place, value(place?.dataset.longitude), value(place?.dataset.latitude)];
}

/**
 * @param {HTMLFormElement} form
 * @param {{ fields: Draft, place: [string, string], photos: File[] }} draft
 */
function fill(form, { fields, place: [longitude, latitude], photos }) {
  restored(form.elements, fields);
  const [place, already] = placeOf(form);
  if (place && longitude && latitude && !already) {
    const point = { longitude: Number(longitude), latitude: Number(latitude) };
    write(place, point);
    place.dispatchEvent(new CustomEvent("riverain:place", { detail: point }));
  }
  choose(form, photos);
  form.dispatchEvent(new CustomEvent("riverain:restored"));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function keep(form, name) {
  let waiting = 0;
  const words = () => {
    const [, longitude, latitude] = placeOf(form);
    return { fields: taken(form.elements), place: [longitude, latitude] };
  };
  const now = () => {
    waiting = 0;
    const photos = [...(photosOf(form)?.files ?? [])];
    put("drafts", name, { ...words(), photos, tab: tab() });
  };
  const soon = () => {
    if (waiting < 0) return;
    note(name, words());
    waiting ||= setTimeout(now, QUIET_MS);
  };
  for (const type of ["input", "change", "riverain:place", "riverain:photos"]) form.addEventListener(type, soon, true);
  // Typed before this module came.
  if (kept(form.elements).some(touched)) soon();
  // The phone may stop the page as soon as another is shown.
  document.addEventListener("visibilitychange", () => waiting > 0 && (clearTimeout(waiting), now()));
  form.addEventListener("riverain:sent", () => {
    clearTimeout(waiting);
    waiting = -1;
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
async function resume(form, name) {
  const noted = here(name);
  if (noted) fill(form, { ...noted, photos: [] });
  const draft = await get("drafts", name);
  const offer = /** @type {HTMLElement | null} */ (form.querySelector("[data-draft-offer]"));
  if (draft?.tab === tab()) fill(form, draft);
  else if (draft && offer) {
    offer.hidden = false;
    const answer = (/** @type {string} */ choice, /** @type {() => unknown} */ act) =>
      offer.querySelector(`[data-draft-${choice}]`)?.addEventListener("click", () => {
        offer.hidden = true;
        act();
        /** @type {HTMLElement | null} */ (form.querySelector("[data-step]:not([hidden]) [data-step-title]"))?.focus();
      });
    answer("resume", () => fill(form, draft));
    answer("forget", () => discard(name));
  }
  if (form.dataset.begins !== undefined) await bring(form, choose);
}

/** @param {HTMLElement} element */
export async function attach(element) {
  const { draft: name, draftSent } = element.dataset;
  if (draftSent) await discard(draftSent);
  // What the browser filled in again was sent.
  if (!name || sentFromHere()) return;
  const form = /** @type {HTMLFormElement} */ (element);
  const resumed = resume(form, name);
  keep(form, name);
  await resumed;
}
