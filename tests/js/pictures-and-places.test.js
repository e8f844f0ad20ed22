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

test("a HEIC file without a type is a picture, a document is not", () => {
  assert.equal(isPicture({ type: "image/jpeg", name: "a" }), true);
  assert.equal(isPicture({ type: "", name: "IMG_1.HEIC" }), true);
  assert.equal(isPicture({ type: "", name: "notes" }), false);
  assert.equal(isPicture({ type: "application/pdf", name: "a.heic.pdf" }), false);
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
