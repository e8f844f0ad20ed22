import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document ??= /** @type {any} */ ({ querySelectorAll: () => [] });
const { listIn, numberIn, stepped, why } = await import("riverain/panes");

test("an address says which report is open, whatever stands around", () => {
  assert.equal(numberIn("https://ville.fr/agents/signalements/LIL-2026-000123?vue=a-moi#x"), "LIL-2026-000123");
  assert.equal(numberIn("/agents/signalements/LIL-2026-000123/cloturer?vue=a-moi"), "LIL-2026-000123");
  assert.equal(numberIn("/agents/?vue=a-moi"), "");
});

test("two addresses have the same list when they say the same of it", () => {
  const list = listIn("/agents/?vue=a-moi&canal=web");
  assert.equal(listIn("/agents/signalements/LIL-2026-000123?canal=web&vue=a-moi"), list);
  assert.notEqual(listIn("/agents/?vue=a-moi"), list);
});

test("the keys go from row to row, and stop at both ends", () => {
  assert.equal(stepped(1, 1, 3), 2);
  assert.equal(stepped(1, -1, 3), 0);
  assert.equal(stepped(2, 1, 3), -1);
  assert.equal(stepped(0, -1, 3), -1);
});

test("without a row at hand the keys begin at the first", () => {
  assert.equal(stepped(-1, 1, 3), 0);
  assert.equal(stepped(-1, -1, 3), 0);
  assert.equal(stepped(-1, 1, 0), -1);
});

test("what failed is told by what the server answered, or did not", () => {
  assert.equal(why({ status: 0 }), "lost");
  assert.equal(why({ status: 404 }), "gone");
  assert.equal(why({ status: 403 }), "refused");
  assert.equal(why({ status: 503 }), "broken");
});
