import assert from "node:assert/strict";
import { test } from "node:test";

import { sentence } from "riverain/checks";
import { read } from "riverain/exif";
import { pause } from "riverain/outbox";
import { spoken } from "riverain/photo-place";
import { expired, LIFE_MS } from "riverain/store";

/** A JPEG's head with the EXIF that a phone writes. */
function jpeg({ little = true, latitude = [50, 37, 3000], south = "N", longitude = [3, 2, 4500], west = "E" } = {}) {
  const tiff = new DataView(new ArrayBuffer(400));
  const short = (at, value) => tiff.setUint16(at, value, little);
  const long = (at, value) => tiff.setUint32(at, value, little);
  const entry = (at, tag, type, count, value) => {
    short(at, tag);
    short(at + 2, type);
    long(at + 4, count);
    if (typeof value === "string") [...value].forEach((sign, index) => tiff.setUint8(at + 8 + index, sign.charCodeAt(0)));
    else long(at + 8, value);
  };
  const fractions = (at, [degrees, minutes, hundredths]) =>
    [degrees, 1, minutes, 1, hundredths, 100].forEach((value, index) => long(at + 4 * index, value));
  short(0, little ? 0x4949 : 0x4d4d);
  short(2, 42);
  long(4, 8);
  short(8, 2);
  entry(10, 0x8769, 4, 1, 50);
  entry(22, 0x8825, 4, 1, 80);
  short(50, 1);
  entry(52, 0x9003, 2, 20, 200);
  [..."2026:11:22 14:05:09"].forEach((sign, index) => tiff.setUint8(200 + index, sign.charCodeAt(0)));
  short(80, 4);
  entry(82, 1, 2, 2, south);
  entry(94, 2, 5, 3, 240);
  entry(106, 3, 2, 2, west);
  entry(118, 4, 5, 3, 270);
  fractions(240, latitude);
  fractions(270, longitude);
  const body = new Uint8Array(tiff.buffer);
  const head = new Uint8Array(12 + body.length + 40);
  head.set([0xff, 0xd8, 0xff, 0xe1, (body.length + 8) >> 8, (body.length + 8) & 255, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  head.set(body, 12);
  return head.buffer;
}

test("a photo says where and when it was taken, in either order of bytes", () => {
  for (const little of [true, false]) {
    const { point, taken } = read(jpeg({ little }));
    assert.equal(taken, "2026-11-22T14:05");
    assert.ok(Math.abs(point.latitude - (50 + 37 / 60 + 30 / 3600)) < 1e-9);
    assert.ok(Math.abs(point.longitude - (3 + 2 / 60 + 45 / 3600)) < 1e-9);
  }
});

test("south and west are below zero", () => {
  const { point } = read(jpeg({ south: "S", west: "W" }));
  assert.ok(point.latitude < -50 && point.longitude < -3);
});

test("zeros, and degrees that are nowhere, are no place", () => {
  assert.equal(read(jpeg({ latitude: [0, 0, 0], longitude: [0, 0, 0] })).point, undefined);
  assert.equal(read(jpeg({ latitude: [200, 0, 0] })).point, undefined);
});

test("what is no photo, or is cut anywhere, says nothing and breaks nothing", () => {
  const whole = new Uint8Array(jpeg());
  for (let length = 0; length < whole.length; length++) read(whole.slice(0, length).buffer);
  for (let at = 0; at < whole.length; at++) {
    const broken = whole.slice();
    broken[at] = 0xff;
    read(broken.buffer);
  }
  assert.deepEqual(read(new TextEncoder().encode("<script>alert(1)</script>").buffer), {});
});

test("the moment of a photo is said as people say it", () => {
  const now = new Date("2026-11-22T18:00");
  assert.equal(spoken("2026-11-22T14:05", "fr", now), "aujourd’hui à 14\u00a0h\u00a005");
  assert.equal(spoken("2026-11-21T09:30", "fr", now), "hier à 9\u00a0h\u00a030");
  assert.equal(spoken("2026-03-03T09:30", "fr", now), "le 3 mars 2026 à 9\u00a0h\u00a030");
  assert.equal(spoken("2026-03-01T09:30", "fr", now), "le 1er mars 2026 à 9\u00a0h\u00a030");
  assert.equal(spoken("2026-11-21T09:30", "en", now), "yesterday at 09:30");
  assert.equal(spoken("2026-03-03T09:30", "en", now), "on 3 March 2026 at 09:30");
});

test("a draft lives a day, what waits to be sent a week", () => {
  const hour = 3_600_000;
  assert.equal(LIFE_MS.drafts, 24 * hour);
  assert.equal(expired("drafts", 0, 24 * hour), false);
  assert.equal(expired("drafts", 0, 24 * hour + 1), true);
  assert.equal(expired("outbox", 0, 6 * 24 * hour), false);
  assert.equal(expired("outbox", 0, 8 * 24 * hour), true);
});

test("each failure waits twice as long, five minutes at most", () => {
  assert.deepEqual([0, 1, 2, 10].map(pause), [5_000, 10_000, 20_000, 300_000]);
});

test("a field says what is missing or wrong in the page's own words", () => {
  const field = (value, dataset) => ({ value, dataset });
  const none = () => false;
  assert.equal(sentence(field(" ", { missing: "Dites." }), none), "Dites.");
  assert.equal(sentence(field("Un trou", { missing: "Dites." }), none), "");
  assert.equal(sentence(field("", { missing: "Dites.", unless: "photos" }), (name) => name === "photos"), "");
  assert.equal(sentence(field("camille", { wrong: "Incomplète." }), none), "Incomplète.");
  assert.equal(sentence(field("camille@exemple.fr", { wrong: "Incomplète." }), none), "");
  assert.equal(sentence(field("", { wrong: "Incomplète." }), none), "");
});
