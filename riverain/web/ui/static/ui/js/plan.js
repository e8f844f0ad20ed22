/**
 * The town drawn from what we hold, where no tiles are: areas, streets with their names along
 * them, numbers of doors from near. Streets are a few paths for the whole map; colours and widths
 * are those of the style sheet, light, dark and on paper.
 */

import { along, Written } from "riverain/labels";
import { address, depths, line, squares } from "riverain/mercator";

/** @typedef {typeof import("leaflet")} Leaflet */
/** @typedef {import("leaflet").Map} LeafletMap */
/** @typedef {import("riverain/labels").Label} Label */
/** @typedef {import("riverain/labels").Pixel} Pixel */
/** @typedef {{ id: number, name: string, width: number, lines: number[][] }} Street */
/** @typedef {{ name: string, width: number, lines: import("leaflet").LatLng[][] }} Drawn */
/** @typedef {{ text: string, at: import("leaflet").LatLng }} Door */
/** @typedef {{ name: string, at: import("leaflet").LatLng }} Named */

const SVG = "http://www.w3.org/2000/svg";
// From which zoom names of streets are written, and up to which names of areas are.
const STREET_NAMES = 15;
const AREA_NAMES = 15;
const NUMBERS = 18;
const SIZE = { area: 13, street: 12, door: 10.5 };
// Squares that are asked for at once by one map: a desk's screen holds fewer.
const MOST_SQUARES = 24;

/**
 * @param {Leaflet} L
 * @param {LeafletMap} map
 * @param {{ areas: string, squares: string }} from
 */
export function ground(L, map, from) {
  const town = new Town(L, map, from.squares);
  map.on("moveend", () => town.show());
  town.show();
  town.outline(from.areas);
}

class Town {
  /**
   * @param {Leaflet} L
   * @param {LeafletMap} map
   * @param {string} template
   */
  constructor(L, map, template) {
    this.L = L;
    this.map = map;
    this.template = template;
    this.frame = 0;
    /** @type {Map<string, Promise<void>>} */
    this.asked = new Map();
    /** @type {Map<number, Map<number, Drawn>>} streets by the depth of their squares */
    this.streets = new Map();
    /** @type {Door[]} */
    this.doors = [];
    /** @type {Named[]} */
    this.areas = [];
    map.createPane("areas");
    map.createPane("plan");
    map.createPane("names").setAttribute("aria-hidden", "true");
    this.outlines = L.svg({ pane: "areas", padding: 0.3 });
    this.roads = L.svg({ pane: "plan", padding: 0.3 });
    this.beds = [0, 1, 2].map((width) => this.path(`map-street-edge wide-${width}`));
    this.paths = [0, 1, 2].map((width) => this.path(`map-street wide-${width}`));
    this.names = document.createElementNS(SVG, "svg");
    this.names.classList.add("leaflet-zoom-hide");
    map.getPane("names")?.append(this.names);
  }

  /** @param {string} className */
  path(className) {
    const options = { renderer: this.roads, interactive: false, className, smoothFactor: 0.6 };
    return this.L.polyline([], options).addTo(this.map);
  }

  /**
   * The town's areas, under everything else.
   * @param {string} url
   */
  async outline(url) {
    const found = url ? await fetched(url) : null;
    if (!found) return;
    const drawn = this.L.geoJSON(found, {
      interactive: false,
      pane: "areas",
      style: { renderer: this.outlines, className: "map-area" },
    }).addTo(this.map);
    drawn.eachLayer((layer) => {
      const area = /** @type {import("leaflet").Polygon} */ (layer);
      this.areas.push({ name: area.feature?.properties?.name ?? "", at: area.getCenter() });
    });
    this.map.getContainer().classList.add("has-areas");
    this.write();
  }

  /** What the view needs and is not there is fetched; what is there is drawn at once. */
  show() {
    const zoom = this.map.getZoom();
    this.map.getContainer().dataset.zoom = String(Math.round(zoom));
    const bounds = this.map.getBounds();
    const box = {
      west: bounds.getWest(),
      south: bounds.getSouth(),
      east: bounds.getEast(),
      north: bounds.getNorth(),
    };
    const wanted = this.template ? depths(zoom).flatMap((depth) => squares(box, depth).slice(0, MOST_SQUARES)) : [];
    for (const square of wanted) {
      const url = address(this.template, square);
      if (!this.asked.has(url)) this.asked.set(url, this.take(url, square.depth).then(() => this.soon()));
    }
    this.draw();
  }

  /**
   * One square, kept for as long as the map lives; one that did not come is asked for again later.
   * @param {string} url
   * @param {number} depth
   */
  async take(url, depth) {
    const said = await fetched(url);
    if (!said) {
      this.asked.delete(url);
      return;
    }
    const held = this.streets.get(depth) ?? new Map();
    this.streets.set(depth, held);
    for (const { id, name, width, lines } of /** @type {Street[]} */ (said.streets ?? []))
      held.set(id, { name, width, lines: lines.map((steps) => line(steps).map(([lon, lat]) => this.L.latLng(lat, lon))) });
    for (const [text, lon, lat] of said.doors ?? []) {
      const [at] = line([lon, lat]);
      if (at) this.doors.push({ text, at: this.L.latLng(at[1], at[0]) });
    }
  }

  /** Squares that come together are drawn together. */
  soon() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  draw() {
    const [depth = 0] = depths(this.map.getZoom());
    const shown = [...(this.streets.get(depth)?.values() ?? [])];
    for (const width of [0, 1, 2]) {
      const lines = shown.filter((street) => street.width === width).flatMap((street) => street.lines);
      this.beds[width]?.setLatLngs(lines);
      this.paths[width]?.setLatLngs(lines);
    }
    this.write();
  }

  /** The names in sight: areas from afar, streets, then doors; none over another. */
  write() {
    const zoom = this.map.getZoom();
    const { x: wide, y: high } = this.map.getSize();
    // Half a screen around the view, so that a moved map is not bare.
    const [left, top] = [wide / 2, high / 2];
    const frame = { width: wide * 2, height: high * 2 };
    /** @type {(at: import("leaflet").LatLng) => Pixel} */
    const pixel = (at) => {
      const { x, y } = this.map.latLngToContainerPoint(at);
      return [x + left, y + top];
    };
    const written = new Written();
    const texts = [];
    if (zoom <= AREA_NAMES)
      for (const { name, at } of this.areas) {
        const [x, y] = pixel(at);
        const label = { text: name, x, y, angle: 0 };
        if (written.take({ ...label, text: name.toUpperCase() + "  " }, SIZE.area)) texts.push(text(label, "map-name"));
      }
    const [depth = 0] = depths(zoom);
    const streets = zoom < STREET_NAMES ? [] : [...(this.streets.get(depth)?.values() ?? [])];
    for (const street of streets.sort((one, other) => other.width - one.width)) {
      const places = along(street.name, street.lines.map((points) => points.map(pixel)), frame, SIZE.street);
      const free = places.find((label) => written.take(label, SIZE.street));
      if (free) texts.push(text(free, `map-street-name wide-${street.width}`));
    }
    if (zoom >= NUMBERS)
      for (const { text: number, at } of this.doors) {
        const [x, y] = pixel(at);
        const label = { text: number, x, y, angle: 0 };
        const seen = x > 0 && y > 0 && x < frame.width && y < frame.height;
        if (seen && written.take(label, SIZE.door)) texts.push(text(label, "map-door"));
      }
    this.names.replaceChildren(...texts);
    for (const [side, length] of [["width", frame.width], ["height", frame.height]])
      this.names.setAttribute(String(side), String(length));
    this.L.DomUtil.setPosition(
      /** @type {any} */ (this.names),
      this.map.containerPointToLayerPoint([-left, -top]),
    );
  }
}

/**
 * @param {Label} label
 * @param {string} className
 */
function text({ text: said, x, y, angle }, className) {
  const drawn = document.createElementNS(SVG, "text");
  drawn.setAttribute("class", className);
  drawn.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((angle * 180) / Math.PI).toFixed(1)})`);
  drawn.textContent = said;
  return drawn;
}

/**
 * What an address answers, or null: a ground that is missing stops nothing.
 * @param {string} url
 * @returns {Promise<any>}
 */
async function fetched(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
