import assert from "node:assert/strict";
import { test } from "node:test";

import { filled } from "riverain/prepared";

const prepared = { done: "C’est fait.", nothing_found: "Rien trouvé." };

test("a choice fills an empty text with what was prepared for it", () => {
  assert.equal(filled("", "done", prepared), "C’est fait.");
  assert.equal(filled("  \n", "done", prepared), "C’est fait.");
});

test("another choice replaces a prepared text, never one that was written", () => {
  assert.equal(filled("C’est fait.", "nothing_found", prepared), "Rien trouvé.");
  assert.equal(filled("C’est fait, sauf le coin.", "nothing_found", prepared), "C’est fait, sauf le coin.");
});

test("a choice without prepared text changes nothing", () => {
  assert.equal(filled("C’est fait.", "other", prepared), "C’est fait.");
});
