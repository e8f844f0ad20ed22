/**
 * The photo that a report began with, before its type was known: kept from the first page to the
 * form, in the tab that took it.
 */

import { get, put, remove, tab } from "riverain/store";

const KEY = "beginning";

/**
 * @param {File} photo made light already
 * @param {import("riverain/exif").Seen} seen what the camera noted of it
 */
export const begin = (photo, seen) => put("drafts", KEY, { photo, seen, tab: tab() });

/** @returns {Promise<{ photo: File, seen: import("riverain/exif").Seen } | undefined>} */
export async function begun() {
  const kept = await get("drafts", KEY);
  return kept?.tab === tab() ? kept : undefined;
}

export const forget = () => remove("drafts", KEY);

/**
 * Puts the photo, and where it was taken, into a form that has neither.
 * @param {HTMLFormElement} form
 * @param {(form: HTMLFormElement, photos: File[]) => void} choose
 */
export async function bring(form, choose) {
  const kept = await begun();
  if (!kept) return;
  choose(form, [kept.photo]);
  const { remember } = await import("riverain/photo-place");
  await remember(form, kept.seen);
  // The steps may not be there yet: they look for the mark.
  form.dataset.begun = "";
  form.dispatchEvent(new CustomEvent("riverain:begun"));
}
