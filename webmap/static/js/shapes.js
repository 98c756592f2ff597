// From the data of the map to shapes: where each work lies, on the map of the world at zoom 0, and what is known of it.

const RADIANS = Math.PI / 180;
const WORLD_PX = 256;
const BADGE_PRECISION = "city";

// A place on the map of the world, 256 pixels wide (web Mercator).
function worldOf(lng, lat) {
  const sine = Math.sin(Math.max(-85.05, Math.min(85.05, lat)) * RADIANS);
  return [((lng + 180) / 360) * WORLD_PX, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD_PX];
}

export function latlngOf(x, y) {
  return L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0);
}

// Undoes the steps in which the coordinates are sent.
function unpacked(steps, scale) {
  const world = new Float64Array(steps.length);
  let lng = 0;
  let lat = 0;
  for (let at = 0; at < steps.length; at += 2) {
    lng += steps[at];
    lat += steps[at + 1];
    [world[at], world[at + 1]] = worldOf(lng / scale, lat / scale);
  }
  return world;
}

// The box of places: left, top, right, bottom.
export function boxOf(parts) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) {
      box[0] = Math.min(box[0], part[at]);
      box[1] = Math.min(box[1], part[at + 1]);
      box[2] = Math.max(box[2], part[at]);
      box[3] = Math.max(box[3], part[at + 1]);
    }
  }
  return box;
}

function placed(kind, parts, rings = []) {
  return { kind, parts, rings, box: boxOf(parts) };
}

// Points, lines or areas: their lists are as deep as what they hold.
function placeOf(packed, scale) {
  if (typeof packed[0] === "number") return placed("point", [unpacked(packed, scale)]);
  if (typeof packed[0][0] === "number") return placed("line", packed.map((line) => unpacked(line, scale)));
  const rings = packed.map((polygon) => polygon.length);
  return placed("area", packed.flat().map((ring) => unpacked(ring, scale)), rings);
}

function* pairsOf(part) {
  for (let at = 0; at < part.length; at += 2) yield [part[at], part[at + 1]];
}

function latlngsOf(part) {
  return [...pairsOf(part)].map(([x, y]) => latlngOf(x, y));
}

function* stretchesOf(part) {
  for (let at = 2; at < part.length; at += 2) {
    const [x, y, dx, dy] = [part[at - 2], part[at - 1], part[at] - part[at - 2], part[at + 1] - part[at - 1]];
    yield { x, y, dx, dy, length: Math.hypot(dx, dy) };
  }
}

function lengthOf(part) {
  return [...stretchesOf(part)].reduce((sum, { length }) => sum + length, 0);
}

// The place half the way along a line.
function middleOf(part) {
  let left = lengthOf(part) / 2;
  for (const { x, y, dx, dy, length } of stretchesOf(part)) {
    if (length >= left && length) return [x + (dx * left) / length, y + (dy * left) / length];
    left -= length;
  }
  return [part[0], part[1]];
}

// A work or site with its place. `marks` are what stands for its places, where
// they lie and where they are drawn at present: its own, or a symbol that it shares.
class Shape {
  constructor(work, place, label) {
    this.work = work;
    this.kind = place.kind;
    this.parts = place.parts;
    this.rings = place.rings;
    this.box = place.box;
    this.spots = place.kind === "point" ? [...pairsOf(place.parts[0])] : label ? [[...label]] : [];
    this.marks = work.precision === BADGE_PRECISION ? [] : this.spots.map(([x, y]) => ({ x, y, shownX: x, shownY: y, shapes: [this] }));
    this.ownMarks = this.marks;
  }

  get centres() {
    return this.spots.map(([x, y]) => latlngOf(x, y));
  }

  // Lines as lists of places, areas as lists of lists of rings.
  get latlngs() {
    if (this.kind !== "area") return this.parts.map(latlngsOf);
    let first = 0;
    return this.rings.map((count) => this.parts.slice(first, first += count).map(latlngsOf));
  }

  get bounds() {
    const [left, top, right, bottom] = this.box;
    return L.latLngBounds(latlngOf(left, top), latlngOf(right, bottom));
  }

  // Where one of its marks is drawn at present.
  shownAt({ shownX, shownY }) {
    return latlngOf(shownX, shownY);
  }

  // Where the work itself is drawn, or a counted one's badge; a line is named in its middle.
  get anchor() {
    if (this.marks.length) return this.shownAt(this.marks[0]);
    if (this.spots.length) return this.centres[0];
    return latlngOf(...middleOf(this.parts.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one))));
  }
}

function workOf({ codes, columns }, row) {
  const code = (name) => codes[name][columns[name][row]] ?? null;
  return {
    work_id: columns.work_id[row],
    name: columns.name[row],
    theme: code("theme"),
    stage: code("stage"),
    precision: code("precision"),
    confidence: code("confidence"),
    verified: columns.verified[row] === 1,
    uncertainty_m: columns.uncertainty_m[row],
    quantity_text: columns.quantity_text[row],
    known: columns.known[row],
    part_of: columns.part_of[row],
  };
}

// All shapes by the id of their work or site.
export function shapesOf(data) {
  const places = data.shapes.map((packed) => placeOf(packed, data.scale));
  const { shape, label, work_id: ids } = data.columns;
  return new Map(ids.map((id, row) => {
    const spot = label[row] && unpacked(label[row], data.scale);
    return [id, new Shape(workOf(data, row), places[shape[row]], spot)];
  }));
}

// The work that decides whether a shape is shown: a site goes with its counted work.
export function ownerOf({ work }) {
  return work.part_of ?? work.work_id;
}
