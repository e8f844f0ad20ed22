import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { payload, slowly } from "riverain/proof";
import { solve } from "riverain/proof-worker";

const SALT = "00112233445566778899aabbccddeeff";
const NONCE = "ffeeddccbbaa99887766554433221100";

/** The key of a counter, by Node's own SHA-256. */
function key(counter) {
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(counter);
  return createHash("sha256")
    .update(Buffer.concat([Buffer.from(SALT + NONCE, "hex"), tail]))
    .digest("hex");
}

const asked = (counter) => ({
  salt: SALT,
  nonce: NONCE,
  keyPrefix: key(counter).slice(0, 32),
  expiresAt: 1_790_000_000,
});

test("the key is SHA-256 of salt, nonce and counter, whatever the counter", () => {
  for (const counter of [0, 1, 255, 256, 65_535, 65_536, 199_999]) {
    assert.deepEqual(solve(asked(counter), counter, counter), { counter, derivedKey: key(counter) });
  }
});

test("the counter is found among the others, its bounds included", () => {
  const parameters = asked(4321);
  assert.equal(solve(parameters, 0, 10_000)?.counter, 4321);
  assert.equal(solve(parameters, 0, 4321)?.counter, 4321);
  assert.equal(solve(parameters, 0, 4320), null);
  assert.equal(solve(parameters, 4322, 5000), null);
});

test("in slices the same counter is found, and none beyond the last", async () => {
  assert.equal((await slowly(asked(5000), 5000))?.counter, 5000);
  assert.equal(await slowly(asked(5000), 4999), null);
});

test("the answer holds the challenge unchanged, with its solution", () => {
  const challenge = { parameters: asked(7), signature: "51" };
  const solution = { counter: 7, derivedKey: key(7) };
  assert.deepEqual(JSON.parse(atob(payload(challenge, solution))), { challenge, solution });
});
