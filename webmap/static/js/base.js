// The light base map of local data: land, water, district lines and names, existing metro lines.

import { fetchJson } from "works/layer";
import { element, settings } from "works/settings";

const STYLES = {
  district: { color: "#b9b1a3", weight: 1, fillColor: "#f8f6f1", fillOpacity: 1 },
  water: { stroke: false, fillColor: "#cddfe9", fillOpacity: 1 },
  stream: { color: "#b5cfdd", weight: 2, fill: false },
  metro: { color: "#a39a8c", weight: 1.2, fill: false },
};
const ORDER = ["district", "water", "stream", "metro"];

function nameOf(properties) {
  return settings.language === "zh-Hant" ? properties.name : properties.name_hans;
}

function label(feature) {
  const { role, label: at } = feature.properties;
  const html = element("span", `base-name ${role}-name`, nameOf(feature.properties));
  const icon = L.divIcon({ html, className: "base-name-place", iconSize: null });
  return L.marker(L.GeoJSON.coordsToLatLng(at), { icon, pane: "names", interactive: false, keyboard: false });
}

async function draw(group, url) {
  const { features } = await fetchJson(url);
  const renderer = L.canvas({ pane: "base", padding: 0.5 });
  features.sort((a, b) => ORDER.indexOf(a.properties.role) - ORDER.indexOf(b.properties.role));
  group.addLayer(L.geoJSON(features, {
    pane: "base", renderer, interactive: false, smoothFactor: 0.6,
    style: (feature) => STYLES[feature.properties.role],
  }));
  features.filter((feature) => feature.properties.label).forEach((one) => group.addLayer(label(one)));
}

// Called by the script that folium writes.
export function baseLayer(url) {
  const group = L.layerGroup();
  draw(group, url);
  return group;
}
