import assert from "node:assert/strict";
import { test } from "node:test";

import { attach, chosen } from "riverain/conditions";

const box = (name, value, checked, hidden = false) => ({
  name,
  value,
  checked,
  closest: (selector) => (selector === "[hidden]" && hidden ? {} : null),
});

test("what is chosen under a name, but not in a hidden question", () => {
  const fields = [box("q-a", "x", true), box("q-a", "y", false), box("q-b", "x", true), box("q-a", "z", true, true)];
  assert.deepEqual(chosen(fields, "q-a"), ["x"]);
});

test("a question shows and hides as the earlier answer changes", () => {
  const form = new EventTarget();
  const yes = box("q-a", "yes", false);
  form.elements = [yes];
  const question = { hidden: false, dataset: { when: "q-a", values: "maybe yes" }, closest: () => form };
  attach(question);
  assert.equal(question.hidden, true);
  yes.checked = true;
  form.dispatchEvent(new Event("change"));
  assert.equal(question.hidden, false);
});
