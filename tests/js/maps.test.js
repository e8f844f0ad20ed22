import assert from "node:assert/strict";
import { test } from "node:test";

import { gathered, urgency } from "riverain/clusters";
import { along, clipped, stretches, width, Written } from "riverain/labels";
import { address, depths, line, project, squares } from "riverain/mercator";

const FRAME = { width: 400, height: 300 };
const mark = (lon, lat, count = 1, late = 0, today = 0) => ({ lon, lat, count, late, today });

test("the world is a square: Greenwich on the equator is its middle, the poles its rims", () => {
  assert.deepEqual(project([0, 0], 256), [128, 128]);
  assert.deepEqual(project([-180, 90], 256).map((side) => Math.abs(Math.round(side))), [0, 0]);
  assert.deepEqual(project([180, -90], 256).map(Math.round), [256, 256]);
});

test("a box is told in squares, as tiles are numbered", () => {
  const wazemmes = { west: 3.05, south: 50.632, east: 3.06, north: 50.634 };
  assert.deepEqual(squares(wazemmes, 12), [{ depth: 12, x: 2082, y: 1377 }]);
  const town = squares({ west: 3.05, south: 50.62, east: 3.1, north: 50.634 }, 12);
  assert.deepEqual(town.map(({ x, y }) => [x, y]), [[2082, 1377], [2083, 1377], [2082, 1378], [2083, 1378]]);
  assert.equal(squares({ west: -200, south: -90, east: 200, north: 90 }, 1).length, 4);
});

test("from afar no streets, from near the doors too", () => {
  assert.deepEqual([10, 12, 14, 15, 16, 17, 19].map(depths), [[], [12], [12], [14], [14], [14, 17], [14, 17]]);
  assert.equal(address("/plan/{z}/{x}/{y}.json", { depth: 12, x: 3, y: 4 }), "/plan/12/3/4.json");
});

test("a line comes as steps", () => {
  assert.deepEqual(line([305000, 5063000, 10, -5]), [[3.05, 50.63], [3.0501, 50.62995]]);
  assert.deepEqual(line([]), []);
});

test("a segment is cut at the frame", () => {
  assert.deepEqual(clipped([-100, 150], [500, 150], FRAME), [[0, 150], [400, 150]]);
  assert.deepEqual(clipped([10, 10], [20, 20], FRAME), [[10, 10], [20, 20]]);
  assert.equal(clipped([-10, -10], [-20, -20], FRAME), null);
  assert.equal(clipped([10, -10], [20, -10], FRAME), null);
});

test("nearly straight segments are one stretch, a corner makes two", () => {
  assert.equal(stretches([[0, 100], [100, 105], [200, 108]], FRAME).length, 1);
  assert.equal(stretches([[0, 100], [100, 100], [100, 200]], FRAME).length, 2);
});

test("a name stands in the middle of the longest stretch in sight, or nowhere", () => {
  const [best] = along("Rue Colbert", [[[0, 100], [300, 100], [300, 160]]], FRAME, 12);
  assert.deepEqual(best, { text: "Rue Colbert", x: 150, y: 100, angle: 0 });
  assert.deepEqual(along("Boulevard de la Liberté", [[[0, 100], [40, 100]]], FRAME, 12), []);
});

test("no name is upside down, whichever way its street was numbered", () => {
  for (let turn = 0; turn < 360; turn += 7.5) {
    const [dx, dy] = [Math.cos((turn * Math.PI) / 180) * 140, Math.sin((turn * Math.PI) / 180) * 140];
    const [label] = along("Rue Colbert", [[[200 - dx, 150 - dy], [200 + dx, 150 + dy]]], FRAME, 12);
    assert.ok(label && label.angle >= -Math.PI / 2 - 1e-6 && label.angle < Math.PI / 2, `${turn}`);
  }
});

test("no two names share their room", () => {
  const written = new Written();
  const label = { text: "Rue Colbert", x: 100, y: 100, angle: 0 };
  assert.equal(written.take(label, 12), true);
  assert.equal(written.take({ ...label, x: 120 }, 12), false);
  assert.equal(written.take({ ...label, angle: Math.PI / 2 }, 12), false);
  assert.equal(written.take({ ...label, y: 130 }, 12), true);
  assert.ok(width("Rue Colbert", 12) > 60);
});

test("marks that would stand over each other become one, and nothing is lost", () => {
  const marks = [mark(3.05, 50.63, 3, 1), mark(3.0501, 50.63, 1, 0, 1), mark(3.08, 50.63, 2)];
  const [first, second] = gathered(marks, 13, 44);
  assert.deepEqual([first.count, first.late, first.today, second.count], [4, 1, 1, 2]);
  assert.ok(Math.abs(first.lon - 3.050025) < 1e-9);
  assert.equal(gathered(marks, 19, 44).length, 2 + Number(0.0001 > (44 * 360) / (256 * 2 ** 19)));
});

test("a pin that is put with others is no single report any more; the given marks stay as they were", () => {
  const pin = { title: "Sac plein", urgency: "late", href: "/" };
  const marks = [{ ...mark(3.05, 50.63), pin }, { ...mark(3.05, 50.63), pin }];
  const [one] = gathered(marks, 15, 44);
  assert.equal(one.count, 2);
  assert.equal("pin" in one, false);
  assert.equal(marks[0].pin, pin);
  assert.equal(gathered([marks[0]], 15, 44)[0].pin, pin);
});

test("a mark is as pressing as the most pressing of what it holds", () => {
  assert.deepEqual([mark(0, 0, 9, 1, 3), mark(0, 0, 9, 0, 3), mark(0, 0, 9)].map(urgency), ["late", "today", "other"]);
});
