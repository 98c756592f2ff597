// What is drawn above the works for one that is chosen or hovered: its emphasis and its label.

import { colourOf, dashOf } from "works/paint";
import { element, settings } from "works/settings";

const SEEN_WIDTH = 2.5;

function outlineOf(shape) {
  const { work, latlngs } = shape;
  const dash = dashOf(work);
  const isWide = work.uncertainty_m > settings.area.wideM;
  return L.polygon(latlngs, {
    pane: "areas", color: colourOf(work), weight: SEEN_WIDTH, dashArray: dash.join(" ") || null, lineCap: dash.length ? "round" : "butt",
    fill: false, interactive: false, className: isWide ? "" : "chosen-area",
  });
}

// The circle in which the true place may lie.
function haloOf(work, latlng) {
  return L.circle(latlng, {
    pane: "areas", radius: work.uncertainty_m, color: colourOf(work), weight: 1.2,
    dashArray: "3 4", fillOpacity: 0.05, interactive: false,
  });
}

// A glow round a mark.
export function glowOf(work, latlng) {
  return L.circleMarker(latlng, {
    pane: "casings", color: colourOf(work), opacity: 0.25, interactive: false,
    radius: settings.ringRadius + 5, weight: 8, fill: false,
  });
}

function lineGlowOf({ work, latlngs }) {
  return L.polyline(latlngs, {
    pane: "casings", color: colourOf(work), opacity: 0.3, interactive: false, weight: settings.drawings[work.precision].width + 12,
  });
}

export function emphasisOf(shape) {
  const { work, kind, centres } = shape;
  if (kind === "line") return [lineGlowOf(shape)];
  const rings = shape.marks.map((mark) => glowOf(work, shape.shownAt(mark)));
  if (kind === "area") return [...rings, outlineOf(shape)];
  return [...rings, ...centres.filter(() => work.uncertainty_m > 0).map((latlng) => haloOf(work, latlng))];
}

// What must be seen of a shape: all of it, and the circle in which a point may truly lie.
export function boundsOf({ work, kind, centres, bounds }) {
  if (kind !== "point") return bounds;
  return centres.map((latlng) => latlng.toBounds(2 * work.uncertainty_m || 1)).reduce((all, one) => all.extend(one));
}

// Name, stage and precision of a work as an element, for a tooltip.
export function tooltipOf(work) {
  const box = element("div", "tip");
  box.append(element("b", "", work.name));
  const stage = element("span", "tip-meta", settings.stageNames[work.stage]);
  const words = [settings.precisionNames[work.precision]];
  if (!work.verified) words.push(settings.texts.unverified);
  box.append(stage, element("span", "tip-meta", words.join(" · ")));
  return box;
}
