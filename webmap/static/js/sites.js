// Sites of counted works: a small mark for one, one symbol for several that would hide one another.

import { element, settings } from "works/settings";

const NEAR_PX = 20;
const SAME_DEGREES = 4;
const BELOW_BADGES = -1000;

// Sites that would hide one another stand in one symbol: spread out like works, a hundred of them would
// lie far from their places.
function nearOnes(map, shapes) {
  const cells = new Map();
  for (const shape of shapes) {
    const { x, y } = map.latLngToLayerPoint(shape.centres[0]).divideBy(NEAR_PX).floor();
    const key = `${x},${y}`;
    cells.set(key, [...(cells.get(key) ?? []), shape]);
  }
  return [...cells.values()];
}

function placeOf({ centres: [{ lat, lng }] }) {
  return `${lat.toFixed(SAME_DEGREES)},${lng.toFixed(SAME_DEGREES)}`;
}

function middleOf(shapes) {
  const mean = (name) => shapes.reduce((sum, { centres }) => sum + centres[0][name], 0) / shapes.length;
  return L.latLng(mean("lat"), mean("lng"));
}

function same(shapes, name) {
  const values = new Set(shapes.map((shape) => shape.work[name]));
  return values.size === 1 ? shapes[0].work[name] : null;
}

function link(shape, nameOf) {
  const item = document.createElement("li");
  const anchor = element("a", "", shape.work.name);
  anchor.href = `?work=${encodeURIComponent(shape.work.work_id)}`;
  anchor.dataset.work = shape.work.work_id;
  item.append(anchor, element("span", "tip-meta", ` ${nameOf(shape.work.part_of)}`));
  return item;
}

function listOf(shapes, nameOf) {
  const box = element("div", "site-list");
  const list = document.createElement("ul");
  list.append(...shapes.map((shape) => link(shape, nameOf)));
  box.append(element("h2", "", `${settings.texts.sitesHere} (${shapes.length})`), list);
  return box;
}

function symbolOf(shapes) {
  const button = element("button", "site-count", String(shapes.length));
  button.type = "button";
  const stage = same(shapes, "stage");
  if (stage) button.classList.add(`stage-${stage}`);
  button.classList.toggle("unsure", same(shapes, "confidence") === "low");
  button.title = shapes.slice(0, 6).map((shape) => shape.work.name).join("\n") + (shapes.length > 6 ? "\n…" : "");
  return button;
}

function several(layer, shapes, onSeveral) {
  const latlng = middleOf(shapes);
  const isOnePlace = new Set(shapes.map(placeOf)).size === 1;
  const button = symbolOf(shapes);
  const icon = L.divIcon({ html: button, className: "site-count-place", iconSize: null });
  const marker = L.marker(latlng, { icon, keyboard: false, interactive: false, zIndexOffset: BELOW_BADGES }).addTo(layer);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    onSeveral({ at: marker.getLatLng(), shapes, isOnePlace, list: (nameOf) => listOf(shapes, nameOf) });
  });
  return { latlng, parts: [marker], button, shapes };
}

function single(layer, shape) {
  layer.addLayer(shape.group);
  shape.marks = shape.ownMarks;
  return shape.marks;
}

// What is only a mark may stand with others in one symbol; a line or an outline is drawn for itself.
function isMark(shape) {
  return shape.ownMarks.length === 1 && shape.parts.length === shape.ownMarks[0].parts.length;
}

// Draws the sites again, as the zoom has it; gives their marks. `onSeveral` gets what a symbol that is
// pressed stands for, and what makes the list of its sites.
export function drawSites(layer, map, shapes, onSeveral) {
  layer.clearLayers();
  const groups = [...nearOnes(map, shapes.filter(isMark)), ...shapes.filter((one) => !isMark(one)).map((one) => [one])];
  return groups.flatMap((group) => {
    if (group.length === 1) return single(layer, group[0]);
    const mark = several(layer, group, onSeveral);
    for (const shape of group) shape.marks = [mark];
    return [mark];
  });
}

// Marks the symbol that holds the chosen site.
export function chooseSite(marks, id) {
  for (const { button, shapes } of marks) {
    button?.classList.toggle("chosen", shapes.some((shape) => shape.work.work_id === id));
  }
}
