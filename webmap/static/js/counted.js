// Counted works: one badge at the label point of each city or district they are promised for.

import { element, settings } from "works/settings";

function byPlace(shapes) {
  const places = new Map();
  for (const shape of shapes) {
    const key = shape.spots.join();
    places.set(key, [...(places.get(key) ?? []), shape]);
  }
  return [...places.values()];
}

// How much is known of a promise: 13 of 48 plants.
function knownOf({ known: [known] }) {
  return known.toLocaleString(settings.language, { maximumFractionDigits: 1 });
}

function badge(group, chosenId) {
  const chosen = group.find((shape) => shape.work.work_id === chosenId);
  const single = chosen ?? (group.length === 1 ? group[0] : null);
  const number = single?.work.quantity_text || String(group.length);
  const box = element("button", `badge${chosen ? " chosen" : ""}`);
  box.type = "button";
  if (single) box.classList.add(`stage-${single.work.stage}`);
  else box.append(element("span", "badge-label", settings.texts.counted));
  if (single?.work.known) box.append(element("span", "badge-known", `${knownOf(single.work)}/`));
  box.append(element("b", "", number));
  const names = (single ? [single] : group).map((shape) => shape.work.name);
  box.title = names.slice(0, 6).join("\n") + (names.length > 6 ? "\n…" : "");
  return { box, single };
}

// Draws the badges again; `onBadge` gets the works of a badge that is pressed, `onHover` those of a badge under
// the pointer: their city or district is outlined then.
export function drawBadges(layer, shapes, chosenId, { onBadge, onHover }) {
  layer.clearLayers();
  for (const group of byPlace(shapes)) {
    const { box, single } = badge(group, chosenId);
    box.addEventListener("click", (event) => {
      event.stopPropagation();
      onBadge(single ? [single] : group);
    });
    for (const name of ["mouseenter", "focus"]) box.addEventListener(name, () => onHover(group[0]));
    for (const name of ["mouseleave", "blur"]) box.addEventListener(name, () => onHover(null));
    const icon = L.divIcon({ html: box, className: "badge-place", iconSize: null });
    L.marker(group[0].anchor, {
      icon, keyboard: false, interactive: false, zIndexOffset: single && single.work.work_id === chosenId ? 1000 : 0,
    }).addTo(layer);
  }
}
