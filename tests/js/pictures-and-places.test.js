import assert from "node:assert/strict";
import { test } from "node:test";

import { point } from "riverain/map-frame";
import { fitted, isPicture, lightened } from "riverain/photos";
import { reason } from "riverain/position";

test("a picture is fitted within 2048 pixels, its shape kept, and never enlarged", () => {
  assert.deepEqual(fitted(4032, 3024), [2048, 1536]);
  assert.deepEqual(fitted(3024, 4032), [1536, 2048]);
  assert.deepEqual(fitted(800, 600), [800, 600]);
  assert.deepEqual(fitted(30_000, 1), [2048, 1]);
});

const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1];
const HEIC = [0, 0, 0, 24, ...Buffer.from("ftypheic")];
/** @param {number[] | string} content */
const file = (content, name = "a", type = "") => new File([typeof content === "string" ? content : new Uint8Array(content)], name, { type });

test("a HEIC file without a type is a picture, a document is not", async () => {
  assert.equal(await isPicture(file(JPEG, "a", "image/jpeg")), true);
  assert.equal(await isPicture(file(HEIC, "IMG_1.HEIC")), true);
  assert.equal(await isPicture(file(HEIC, "notes")), false);
  assert.equal(await isPicture(file("%PDF-1.4 et la suite", "a.heic.pdf", "application/pdf")), false);
});

test("a picture begins as pictures do, whatever its name says", async () => {
  assert.equal(await isPicture(file("%PDF-1.4 et la suite", "facture.jpg", "image/jpeg")), false);
  assert.equal(await isPicture(file("", "vide.jpg", "image/jpeg")), false);
  for (const begins of ["GIF89a et la suite", "RIFF....WEBPVP8 "]) assert.equal(await isPicture(file(begins, "a", "image/x")), true);
});

test("a light picture, and one that this browser cannot read, are sent as they are", async () => {
  const light = { size: 1000, type: "image/jpeg", name: "a.jpg" };
  assert.equal(await lightened(light), light);
  const unreadable = { size: 5_000_000, type: "image/heic", name: "a.heic" };
  assert.equal(await lightened(unreadable), unreadable);
});

test("each failure to find a position has its own sentence", () => {
  const words = { denied: "refusée", unavailable: "introuvable", timeout: "trop longue" };
  assert.deepEqual([1, 2, 3].map((code) => reason(code, words)), ["refusée", "introuvable", "trop longue"]);
});

test("a centre is written longitude first", () => {
  assert.deepEqual(point("3.0573,50.6292"), [3.0573, 50.6292]);
});
