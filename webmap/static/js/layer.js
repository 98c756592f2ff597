// Layers of works: each takes its features from GeoJSON at an address, a shape for every work.

import { fetchJson } from "works/backend";
import { shapeOf, tooltipOf } from "works/drawing";

const shapes = new Map();
const pending = [];

const WorksLayer = L.FeatureGroup.extend({
  initialize(url, name) {
    L.FeatureGroup.prototype.initialize.call(this, []);
    this.name = name;
    pending.push(this._load(url));
  },

  async _load(url) {
    const { features } = await fetchJson(url);
    features.filter((one) => one.properties.layer === this.name).forEach((one) => this._take(one));
  },

  _take(feature) {
    const shape = shapeOf(feature);
    shape.group = L.featureGroup(shape.parts);
    shape.ownMarks = shape.marks;
    shape.layer = this;
    shape.group.bindTooltip(() => tooltipOf(shape.work), { sticky: true, direction: "top", opacity: 1 });
    shapes.set(shape.work.work_id, shape);
    if (!shape.work.part_of) this.addLayer(shape.group);
  },
});

// Called by the script that folium writes, once for each layer.
export function worksLayer(url, name) {
  return new WorksLayer(url, name);
}

// All shapes by the id of their work, when all layers have loaded; a layer that fails is reported.
export async function loadedShapes(onFailure) {
  const results = await Promise.allSettled(pending);
  if (results.some((result) => result.status === "rejected")) onFailure();
  return shapes;
}

// The work that decides whether a shape is shown: a site goes with its counted work.
export function ownerOf({ work }) {
  return work.part_of ?? work.work_id;
}

// Shows the works whose ids are given, and no others; sites are drawn apart.
export function showOnly(ids) {
  for (const [id, shape] of shapes) {
    if (shape.work.part_of) continue;
    if (ids.has(id)) shape.layer.addLayer(shape.group);
    else shape.layer.removeLayer(shape.group);
  }
}
