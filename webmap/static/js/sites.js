// Sites of counted works: a small mark for one, one symbol with a list for several at one place.

import { element, settings } from "works/settings";

const SAME_DEGREES = 4;
const BELOW_BADGES = -1000;

function byPlace(shapes) {
  const places = new Map();
  for (const shape of shapes) {
    const { lat, lng } = shape.centres[0];
    const key = `${lat.toFixed(SAME_DEGREES)},${lng.toFixed(SAME_DEGREES)}`;
    places.set(key, [...(places.get(key) ?? []), shape]);
  }
  return [...places.values()];
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
  const latlng = shapes[0].centres[0];
  const button = symbolOf(shapes);
  const icon = L.divIcon({ html: button, className: "site-count-place", iconSize: null });
  const marker = L.marker(latlng, { icon, keyboard: false, interactive: false, zIndexOffset: BELOW_BADGES }).addTo(layer);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    onSeveral(marker.getLatLng(), (nameOf) => listOf(shapes, nameOf));
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

// Draws the sites again; gives the marks that may be moved aside. `onSeveral` gets the place of a
// symbol that is pressed, and what makes the list of its sites.
export function drawSites(layer, shapes, onSeveral) {
  layer.clearLayers();
  const groups = [...byPlace(shapes.filter(isMark)), ...shapes.filter((one) => !isMark(one)).map((one) => [one])];
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
