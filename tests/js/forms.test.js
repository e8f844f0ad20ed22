import assert from "node:assert/strict";
import { test } from "node:test";

import { said, size } from "riverain/count";
import { restored, taken, touched } from "riverain/draft";
import { meant, pressed } from "riverain/keys";

const field = (name, value, more = {}) => ({ name, value, type: "text", dispatchEvent() {}, ...more });

test("a text is as long as the server counts it", () => {
  assert.equal(size("été"), 3);
  assert.equal(size("a\nb"), 4);
  assert.equal(size("🌊"), 1);
});

test("what is left is said, and what is too much", () => {
  const words = { left: "{n} signes", leftOne: "{n} signe", over: "{n} signes de trop", overOne: "{n} signe de trop" };
  assert.equal(said(12, words), "12 signes");
  assert.equal(said(1, words), "1 signe");
  assert.equal(said(0, words), "0 signe");
  assert.equal(said(-1, words), "1 signe de trop");
  assert.equal(said(-3, words), "3 signes de trop");
});

test("a draft keeps texts and choices, never secrets, files or hidden fields", () => {
  const draft = taken([
    field("text", "bonjour"),
    field("code", "s", { type: "password" }),
    field("csrf", "t", { type: "hidden" }),
    field("photos", "C:/p.jpg", { type: "file" }),
    field("family", "a", { type: "radio", checked: false }),
    field("family", "b", { type: "radio", checked: true }),
    field("seen", "1", { type: "checkbox", checked: true }),
    field("seen", "2", { type: "checkbox", checked: true }),
    field("", "no name"),
  ]);
  assert.deepEqual(draft, { text: ["bonjour"], family: ["b"], seen: ["1", "2"] });
});

test("what was typed before the module came counts, in a text as in a line or a choice", () => {
  const line = { type: "text", value: "a", defaultValue: "", checked: false, defaultChecked: false };
  assert.equal(touched(line), true);
  assert.equal(touched({ ...line, value: "" }), false);
  // A textarea has no choices.
  assert.equal(touched({ type: "textarea", value: "a", defaultValue: "" }), true);
  assert.equal(touched({ type: "radio", value: "a", defaultValue: "a", checked: true, defaultChecked: false }), true);
  assert.equal(touched({ type: "select-one", value: "a" }), false);
});

test("a draft comes back where the page is empty, and never over what the server sent", () => {
  const empty = field("text", "");
  const filled = field("address", "3 rue neuve");
  const radios = ["a", "b"].map((value) => field("family", value, { type: "radio", checked: false }));
  const answered = ["x", "y"].map((value) => field("kind", value, { type: "radio", checked: value === "x" }));
  restored([empty, filled, ...radios, ...answered], {
    text: ["bonjour"],
    address: ["ailleurs"],
    family: ["b"],
    kind: ["y"],
  });
  assert.equal(empty.value, "bonjour");
  assert.equal(filled.value, "3 rue neuve");
  assert.deepEqual(radios.map((radio) => radio.checked), [false, true]);
  assert.deepEqual(answered.map((radio) => radio.checked), [true, false]);
});

test("Ctrl and Enter send what one types, wherever one is; other keys are letters away from fields", () => {
  const target = { tagName: "TEXTAREA" };
  assert.equal(pressed({ key: "Enter", ctrlKey: true, target }), "Control+Enter");
  assert.equal(pressed({ key: "Enter", metaKey: true, target }), "Control+Enter");
  assert.equal(pressed({ key: "Enter", ctrlKey: true, isComposing: true, target }), "");
  assert.equal(pressed({ key: "Enter", target }), "");
  assert.equal(pressed({ key: "p", target }), "");
  assert.equal(pressed({ key: "p", target: { tagName: "A" } }), "P");
});

test("a key typed in a field, or with a modifier, is not for the page", () => {
  const typed = (tagName, more = {}) => meant({ target: { tagName }, ...more });
  assert.equal(typed("BODY"), true);
  assert.equal(typed("A"), true);
  for (const tag of ["INPUT", "TEXTAREA", "SELECT"]) assert.equal(typed(tag), false, tag);
  assert.equal(typed("BODY", { ctrlKey: true }), false);
  assert.equal(typed("BODY", { altKey: true }), false);
  assert.equal(meant({ target: { tagName: "DIV", isContentEditable: true } }), false);
});
