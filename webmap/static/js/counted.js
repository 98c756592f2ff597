// Counted works: one badge at the label point of each city or district they are promised for.

import { element, settings } from "works/settings";

function byPlace(shapes) {
  const places = new Map();
  for (const shape of shapes) {
    const key = shape.work.label.join(",");
    places.set(key, [...(places.get(key) ?? []), shape]);
  }
  return [...places.values()];
}

function badge(group, chosenId) {
  const chosen = group.find((shape) => shape.work.work_id === chosenId);
  const single = chosen ?? (group.length === 1 ? group[0] : null);
  const number = single?.work.quantity_text || String(group.length);
  const box = element("button", `badge${chosen ? " chosen" : ""}`);
  box.type = "button";
  if (single) box.classList.add(`stage-${single.work.stage}`);
  else box.append(element("span", "badge-label", settings.texts.counted));
  box.append(element("b", "", number));
  const names = (single ? [single] : group).map((shape) => shape.work.name);
  box.title = names.slice(0, 6).join("\n") + (names.length > 6 ? "\n…" : "");
  return { box, single };
}

// Draws the badges again; `onBadge` gets the works of a badge that is pressed.
export function drawBadges(layer, shapes, chosenId, onBadge) {
  layer.clearLayers();
  for (const group of byPlace(shapes)) {
    const { box, single } = badge(group, chosenId);
    box.addEventListener("click", (event) => {
      event.stopPropagation();
      onBadge(single ? [single] : group);
    });
    const icon = L.divIcon({ html: box, className: "badge-place", iconSize: null });
    L.marker(group[0].centres[0], {
      icon, keyboard: false, interactive: false, zIndexOffset: single && single.work.work_id === chosenId ? 1000 : 0,
    }).addTo(layer);
  }
}
