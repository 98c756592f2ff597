// The names of the base map: of those that would cover another only the more important one stands.

import { element, settings } from "works/settings";

// From which zoom on names stand, the most important first; `above` is the gap to the place itself.
const KINDS = [
  { role: "district", from: 0, size: 12, above: 8 },
  { role: "water", from: 0, size: 16 },
  { role: "metro", from: 12, size: 11, isLine: true },
  { role: "railway", from: 12, size: 11, isLine: true },
  { role: "expressway", from: 12, size: 11, isLine: true },
  { role: "town", from: 10.5, size: 11, above: 7 },
];
const HEIGHT_PX = 16;
const GAP_PX = 6;
const SAME_NAME_PX = 360;

function nameOf(properties) {
  return settings.language === "zh-Hant" ? properties.name : properties.name_hans;
}

function candidates(features) {
  return KINDS.flatMap((kind) => features
    .filter(({ properties }) => properties.role === kind.role)
    .flatMap(({ properties }) => {
      const places = kind.isLine ? properties.along : [properties.label].filter(Boolean);
      return places.map((at) => ({ kind, name: nameOf(properties), latlng: L.GeoJSON.coordsToLatLng(at) }));
    }));
}

// An ideograph is as wide as it is high, a Latin letter about half.
function widthOf(name, size) {
  return [...name].reduce((sum, one) => sum + (one > "\u2e80" ? 1 : 0.55), 0) * size;
}

function boxOf({ kind, name }, { x, y }) {
  const width = widthOf(name, kind.size) + GAP_PX;
  const middle = kind.above ? y - kind.above - HEIGHT_PX / 2 : y;
  return { left: x - width / 2, right: x + width / 2, top: middle - HEIGHT_PX / 2, bottom: middle + HEIGHT_PX / 2, name };
}

function overlaps(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function isRepeated(one, other) {
  return one.name === other.name && Math.hypot(one.left - other.left, one.top - other.top) < SAME_NAME_PX;
}

function markerOf({ kind, name, latlng }) {
  const html = element("span", `base-name ${kind.isLine ? "line" : kind.role}-name`, name);
  const icon = L.divIcon({ html, className: "base-name-place", iconSize: null });
  return L.marker(latlng, { icon, pane: "names", interactive: false, keyboard: false });
}

const NameLayer = L.LayerGroup.extend({
  initialize(features) {
    L.LayerGroup.prototype.initialize.call(this, []);
    this.candidates = candidates(features);
  },

  onAdd(map) {
    L.LayerGroup.prototype.onAdd.call(this, map);
    this._show();
  },

  getEvents() {
    return { moveend: this._show };
  },

  _show() {
    const bounds = this._map.getBounds().pad(0.25);
    const zoom = this._map.getZoom();
    const boxes = [];
    this.clearLayers();
    for (const one of this.candidates) {
      if (zoom < one.kind.from || !bounds.contains(one.latlng)) continue;
      const box = boxOf(one, this._map.latLngToLayerPoint(one.latlng));
      if (boxes.some((other) => overlaps(box, other) || isRepeated(box, other))) continue;
      boxes.push(box);
      this.addLayer(markerOf(one));
    }
  },
});

export function nameLayer(features) {
  return new NameLayer(features);
}
