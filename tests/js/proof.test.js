import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { expiry, payload, slowly } from "riverain/proof";
import { sha256, solve } from "riverain/proof-worker";

const reference = (text) => createHash("sha256").update(text).digest("hex");

test("the digest is SHA-256, at every length around a block and beyond ASCII", () => {
  for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 500]) {
    const text = "a".repeat(length);
    assert.equal(sha256(text), reference(text), `length ${length}`);
  }
  assert.equal(sha256("Écologie, été, 🌊"), reference("Écologie, été, 🌊"));
});

test("the number is found, its bounds included", () => {
  const salt = "0123abcd?expires=1790000000&";
  const challenge = reference(`${salt}4321`);
  assert.equal(solve(challenge, salt, 0, 10_000), 4321);
  assert.equal(solve(challenge, salt, 4321, 4321), 4321);
  assert.equal(solve(challenge, salt, 0, 4320), null);
});

test("in slices the same number is found, and none beyond the largest", async () => {
  const salt = "feed";
  const challenge = { algorithm: "SHA-256", challenge: reference(`${salt}5000`), salt, signature: "s" };
  assert.equal(await slowly({ ...challenge, maxnumber: 5000 }), 5000);
  assert.equal(await slowly({ ...challenge, maxnumber: 4999 }), null);
});

test("the answer repeats the challenge, signed by the server, with the number", () => {
  const given = { algorithm: "SHA-256", challenge: "c0", salt: "5a", signature: "51", maxnumber: 9 };
  assert.deepEqual(JSON.parse(atob(payload(given, 7))), {
    algorithm: "SHA-256",
    challenge: "c0",
    number: 7,
    salt: "5a",
    signature: "51",
  });
});

test("an answer knows when it expires", () => {
  assert.equal(expiry("abc?expires=1790000000&"), 1_790_000_000_000);
  assert.equal(expiry("abc"), Infinity);
});
