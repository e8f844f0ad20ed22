import assert from "node:assert/strict";
import { test } from "node:test";

import { moved } from "riverain/suggest";

test("the arrows go through the answers and back to the field", () => {
  const down = [-1, 0, 1, 2].map((at) => moved(at, 3, "ArrowDown"));
  assert.deepEqual(down, [0, 1, 2, -1]);
  const up = [-1, 2, 1, 0].map((at) => moved(at, 3, "ArrowUp"));
  assert.deepEqual(up, [2, 1, 0, -1]);
});
