/**
 * `data-map="worklist"`: the reports of a list as marks, coloured and shaped by urgency, gathered
 * where they are many; a mark of one report opens it beside, a mark of several leads nearer. The
 * list of the zone stands below for the keyboard and for ears, the marks are for eyes alone.
 */

import { gathered, urgency } from "riverain/clusters";
import { make, moving } from "riverain/map-frame";

/** @typedef {import("riverain/clusters").Mark} Mark */

// Pixels between the middles of two marks.
const APART = 46;
const NEARER = 2;
// A box of about a house around reports that share one place.
const HOUSE = 0.0002;

/**
 * What a mark is, for the tooltip.
 * @param {Mark} mark
 * @param {DOMStringMap} words
 */
export function said({ count, late, pin }, words) {
  if (pin) {
    const pressing = pin.urgency === "late" ? words.late : pin.urgency === "today" ? words.today : "";
    return pressing ? `${pin.title}, ${pressing}` : pin.title;
  }
  const sentence = (late ? words.severalLate : words.several) ?? "";
  return sentence.replace("{n}", String(count)).replace("{late}", String(late));
}

/** @param {Mark} mark */
function drawn(mark) {
  const shape = document.createElement("span");
  shape.className = `mark ${urgency(mark)}${mark.pin ? "" : " several"}`;
  const inside = document.createElement("b");
  inside.textContent = mark.pin ? (mark.pin.urgency === "late" ? "!" : "") : String(mark.count);
  shape.append(inside);
  if (!mark.pin && mark.late > 0) {
    const pressing = document.createElement("i");
    pressing.textContent = String(mark.late);
    shape.append(pressing);
  }
  return shape;
}

/** @param {HTMLElement} frame */
export async function show(frame) {
  const [west = 0, south = 0, east = 0, north = 0] = (frame.dataset.box ?? "").split(",").map(Number);
  const { L, map } = await make(frame, [(west + east) / 2, (south + north) / 2], 13);
  map.fitBounds([[south, west], [north, east]], { animate: false, maxZoom: 16, padding: [24, 24] });
  map.getPane("markerPane")?.setAttribute("aria-hidden", "true");
  const zone = /** @type {HTMLElement} */ (frame.closest("[data-zone]"));
  const rows = /** @type {HTMLElement} */ (zone.querySelector("[data-zone-rows]"));
  const search = /** @type {HTMLElement} */ (zone.querySelector("[data-search-zone]"));
  for (const part of zone.querySelectorAll("[data-with-map]")) /** @type {HTMLElement} */ (part).hidden = false;
  zone.querySelector("[data-by-district]")?.removeAttribute("open");
  const layer = L.layerGroup().addTo(map);
  let turn = 0;

  /**
   * @param {string} url
   * @param {import("leaflet").LatLngBounds} bounds
   */
  function asked(url, bounds) {
    const question = new URL(url, location.href);
    for (const [side, value] of Object.entries({
      ouest: bounds.getWest(),
      sud: bounds.getSouth(),
      est: bounds.getEast(),
      nord: bounds.getNorth(),
    }))
      question.searchParams.set(side, value.toFixed(6));
    question.searchParams.set("zoom", String(map.getZoom()));
    return question;
  }

  /**
   * What an address answers for a box; null where it does not, also once the session has ended and
   * it leads to the page that signs in.
   * @param {string} url
   * @param {import("leaflet").LatLngBounds} bounds
   */
  async function answered(url, bounds) {
    const answer = await fetch(asked(url, bounds)).catch(() => null);
    return answer?.ok && !answer.redirected ? answer : null;
  }

  async function mark() {
    turn += 1;
    const mine = turn;
    const answer = await answered(frame.dataset.marksUrl ?? "", map.getBounds());
    if (mine !== turn) return;
    frame.classList.toggle("lost", !answer);
    if (!answer) return;
    /** @type {{ marks: Mark[] }} */
    const { marks } = await answer.json();
    layer.clearLayers();
    for (const one of gathered(marks, map.getZoom(), APART)) {
      const icon = L.divIcon({ className: "", html: drawn(one), iconSize: [44, 44] });
      L.marker([one.lat, one.lon], { icon, keyboard: false, title: said(one, frame.dataset), riseOnHover: true })
        .on("click", () => open(one))
        .addTo(layer);
    }
    frame.dataset.marked = String(marks.reduce((sum, { count }) => sum + count, 0));
  }

  /** @param {Mark} one */
  function open(one) {
    if (one.pin) {
      lead(one.pin.href);
      return;
    }
    if (map.getZoom() < map.getMaxZoom()) {
      map.setView([one.lat, one.lon], Math.min(map.getMaxZoom(), map.getZoom() + NEARER), { animate: moving() });
      return;
    }
    // All at one place: their list.
    list(L.latLngBounds([one.lat - HOUSE, one.lon - HOUSE], [one.lat + HOUSE, one.lon + HOUSE]));
  }

  /**
   * As if the row of the report were pressed, also where the zone's list is cut before it.
   * @param {string} href
   */
  function lead(href) {
    const row = /** @type {HTMLElement | undefined} */ (
      [...rows.querySelectorAll("a.item-title")].find((link) => link.getAttribute("href") === href)
    );
    if (row) {
      row.click();
      return;
    }
    const link = document.createElement("a");
    link.href = href;
    link.hidden = true;
    rows.append(link);
    /** @type {any} */ (window).htmx?.process(link);
    link.click();
  }

  /** @param {import("leaflet").LatLngBounds} bounds */
  async function list(bounds) {
    search.hidden = true;
    const answer = await answered(frame.dataset.rowsUrl ?? "", bounds);
    if (!answer) {
      rows.textContent = frame.dataset.lost ?? "";
      search.hidden = false;
      return;
    }
    rows.innerHTML = await answer.text();
    /** @type {any} */ (window).htmx?.process(rows);
  }

  map.on("moveend", () => {
    search.hidden = false;
    mark();
  });
  search.addEventListener("click", () => list(map.getBounds()));
  await Promise.all([mark(), list(map.getBounds())]);
}
