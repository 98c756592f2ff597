// Sites of counted works: a small mark for one, one symbol for several that would hide one another.

import { isOutlined } from "works/paint";
import { element, settings } from "works/settings";
import { latlngOf } from "works/shapes";

const NEAR_PX = 20;
const SAME_DEGREES = 4;
const BELOW_BADGES = -1000;
const MOST_LISTED = 100;

// Sites that would hide one another stand in one symbol: spread out like works, a hundred of them would
// lie far from their places.
function nearOnes(shapes, scale) {
  const cells = new Map();
  for (const shape of shapes) {
    const [[left, top]] = shape.spots;
    const key = `${Math.floor((left * scale) / NEAR_PX)},${Math.floor((top * scale) / NEAR_PX)}`;
    cells.set(key, [...(cells.get(key) ?? []), shape]);
  }
  return [...cells.values()];
}

function placeOf({ centres: [{ lat, lng }] }) {
  return `${lat.toFixed(SAME_DEGREES)},${lng.toFixed(SAME_DEGREES)}`;
}

// Whether shapes lie at one and the same place, so that no zoom parts them.
export function areAtOnePlace(shapes) {
  return shapes.every(({ spots }) => spots.length === 1) && new Set(shapes.map(placeOf)).size === 1;
}

function middleOf(shapes) {
  const mean = (axis) => shapes.reduce((sum, { spots }) => sum + spots[0][axis], 0) / shapes.length;
  return [mean(0), mean(1)];
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
  const owner = shape.work.part_of ? nameOf(shape.work.part_of) : settings.stageNames[shape.work.stage];
  item.append(anchor, element("span", "tip-meta", ` ${owner}`));
  return item;
}

// The works or sites that one symbol stands for, as links.
export function listOf(shapes, nameOf) {
  const box = element("div", "site-list");
  const list = document.createElement("ul");
  list.append(...shapes.slice(0, MOST_LISTED).map((shape) => link(shape, nameOf)));
  const words = shapes.every(({ work }) => work.part_of) ? settings.texts.sitesHere : settings.texts.worksHere;
  box.append(element("h2", "", `${words} (${shapes.length})`), list);
  if (shapes.length > MOST_LISTED) box.append(element("p", "tip-meta", "…"));
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
  const [x, y] = middleOf(shapes);
  const button = symbolOf(shapes);
  const icon = L.divIcon({ html: button, className: "site-count-place", iconSize: null });
  L.marker(latlngOf(x, y), { icon, keyboard: false, interactive: false, zIndexOffset: BELOW_BADGES }).addTo(layer);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    onSeveral({ at: latlngOf(x, y), shapes });
  });
  return { x, y, shownX: x, shownY: y, button, shapes };
}

// What is only a mark may stand with others in one symbol; a line or an outline is drawn for itself.
function isMark(shape) {
  return shape.ownMarks.length === 1 && shape.kind !== "line" && !isOutlined(shape);
}

// Draws the symbols of sites again, as the zoom has it; gives them with the sites that are drawn for
// themselves. `onSeveral` gets what a symbol that is pressed stands for.
export function drawSites(layer, shapes, scale, onSeveral) {
  layer.clearLayers();
  const groups = nearOnes(shapes.filter(isMark), scale);
  const symbols = groups.filter((group) => group.length > 1).map((group) => several(layer, group, onSeveral));
  const inSymbols = new Map(symbols.flatMap((symbol) => symbol.shapes.map((shape) => [shape, symbol])));
  for (const shape of shapes) shape.marks = inSymbols.has(shape) ? [inSymbols.get(shape)] : shape.ownMarks;
  return { symbols, singles: shapes.filter((shape) => !inSymbols.has(shape)) };
}

// Marks the symbol that holds the chosen site.
export function chooseSite(symbols, id) {
  for (const { button, shapes } of symbols) {
    button.classList.toggle("chosen", shapes.some((shape) => shape.work.work_id === id));
  }
}
