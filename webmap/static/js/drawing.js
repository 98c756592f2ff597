// From one feature to what stands for it on the map: a sign of its stage and of its precision.

import { element, settings } from "works/settings";

const HIT_WIDTH = 18;
const HIT_RADIUS = 13;

const SITE_SCALE = 0.75;

// A wide area is outlined only while it is hovered or chosen: several lie over another.
function isWide(work) {
  return work.uncertainty_m > settings.area.wideM;
}

export function colourOf(work) {
  return settings.stageColours[work.stage];
}

function drawingOf(work) {
  return settings.drawings[work.precision];
}

function strokeOf(work, pane) {
  const { width, dash: usual } = drawingOf(work);
  const dash = work.verified ? usual : settings.dots.dash;
  return {
    pane, color: colourOf(work), weight: width, fill: false, opacity: 1,
    dashArray: dash.length ? dash.join(" ") : null, lineCap: dash.length ? "round" : "butt",
  };
}

function hit(options) {
  return { opacity: 0, fillOpacity: 0, interactive: true, ...options };
}

function lineParts(work, latlngs) {
  const stroke = strokeOf(work, "lines");
  const casing = {
    pane: "casings", color: settings.casing.colour, opacity: settings.casing.opacity,
    weight: stroke.weight + 2 * settings.casing.width, interactive: false,
  };
  return [
    L.polyline(latlngs, casing),
    L.polyline(latlngs, { ...stroke, interactive: false }),
    L.polyline(latlngs, hit({ pane: "lines", weight: HIT_WIDTH })),
  ];
}

// Many sites are known only by their town: the outlines of so many areas would hide the map.
function areaParts(work, latlngs) {
  if (isWide(work) || (work.part_of && work.precision === "area")) return [];
  return [L.polygon(latlngs, {
    ...strokeOf(work, "areas"), weight: settings.area.width, opacity: settings.area.opacity, interactive: false,
  })];
}

function ring(latlng, work, radius, weight, dashArray) {
  return L.circleMarker(latlng, {
    pane: "marks", radius, weight, dashArray, color: colourOf(work), fill: false, interactive: false,
  });
}

// A disc for a site; a hollow ring where no site is known; dots around what nobody has confirmed.
// Sites of counted works are smaller than works that the plan names.
function markParts(work, latlng) {
  const { mark } = drawingOf(work);
  const hollow = mark === "hollow";
  const scale = work.part_of ? SITE_SCALE : 1;
  const parts = [L.circleMarker(latlng, {
    pane: "marks", radius: scale * settings.markRadius, interactive: false, fillOpacity: 1,
    color: hollow ? colourOf(work) : settings.casing.colour, weight: hollow ? settings.hollowWidth : settings.casing.width,
    fillColor: hollow ? settings.casing.colour : colourOf(work),
  })];
  if (mark === "ringed") parts.push(ring(latlng, work, scale * settings.ringRadius, settings.ringWidth, null));
  if (!work.verified) parts.push(ring(latlng, work, scale * settings.dots.radius, settings.dots.width, "0.5 4"));
  parts.push(L.circleMarker(latlng, hit({ pane: "marks", radius: HIT_RADIUS, fill: true })));
  return parts;
}

export function latlngOf(pair) {
  return L.GeoJSON.coordsToLatLng(pair);
}

// The circle in which the true place may lie, and the emphasis of a chosen or hovered work.
export function haloOf(work, latlng) {
  return L.circle(latlng, {
    pane: "areas", radius: work.uncertainty_m, color: colourOf(work), weight: 1.2,
    dashArray: "3 4", fillOpacity: 0.05, interactive: false,
  });
}

// A glow round a mark.
export function glowOf(work, latlng) {
  return L.circleMarker(latlng, {
    pane: "casings", color: colourOf(work), opacity: 0.25, interactive: false,
    radius: settings.ringRadius + 3, weight: 6, fill: false,
  });
}

export function emphasisOf(shape) {
  const { work, latlngs, kind, centres } = shape;
  const glow = { color: colourOf(work), opacity: 0.25, interactive: false };
  if (kind === "line") {
    return [L.polyline(latlngs, { ...glow, pane: "casings", weight: drawingOf(work).width + 12 })];
  }
  const rings = work.precision === "city" ? [] : centres.map((latlng) => glowOf(work, latlng));
  const around = kind === "area"
    ? [L.polygon(latlngs, { ...strokeOf(work, "areas"), weight: 2.5, interactive: false, className: isWide(work) ? "" : "chosen-area" })]
    : centres.filter(() => work.uncertainty_m > 0).map((latlng) => haloOf(work, latlng));
  return [...rings, ...around];
}

// What must be seen of a shape: all of it, and the circle in which a point may truly lie.
export function boundsOf({ work, latlngs, kind, centres }) {
  if (kind !== "point") return L.polyline(latlngs.flat(kind === "area" ? 1 : 0)).getBounds();
  const bounds = centres.map((latlng) => latlng.toBounds(2 * work.uncertainty_m || 1));
  return bounds.reduce((all, one) => all.extend(one));
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

// A shape: the feature's properties, its parts on the map, and the marks that may be moved aside.
export function shapeOf(feature) {
  const work = feature.properties;
  const { type, coordinates } = feature.geometry;
  if (type === "MultiLineString") {
    const latlngs = L.GeoJSON.coordsToLatLngs(coordinates, 1);
    return { work, kind: "line", latlngs, centres: [], parts: lineParts(work, latlngs), marks: [] };
  }
  const isArea = type === "MultiPolygon";
  const latlngs = isArea ? L.GeoJSON.coordsToLatLngs(coordinates, 2) : [];
  const centres = isArea ? [latlngOf(work.label)] : coordinates.map(latlngOf);
  if (work.precision === "city") {
    return { work, kind: "area", latlngs, centres, parts: [], marks: [] };
  }
  const marks = centres.map((latlng) => ({ latlng, parts: markParts(work, latlng) }));
  const parts = [...(isArea ? areaParts(work, latlngs) : []), ...marks.flatMap((mark) => mark.parts)];
  return { work, kind: isArea ? "area" : "point", latlngs, centres, parts, marks };
}
