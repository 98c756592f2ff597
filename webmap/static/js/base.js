// The light base map of local data: land, water, district lines and names, existing metro lines.

import { fetchJson } from "works/backend";
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

// Names that would cover an earlier one wait for a nearer zoom.
function thin(names) {
  const shown = [];
  for (const name of names.map((one) => one.getElement()?.firstElementChild).filter(Boolean)) {
    const box = name.getBoundingClientRect();
    const isCrowded = shown.some((other) => overlaps(box, other));
    name.classList.toggle("crowded", isCrowded);
    if (!isCrowded) shown.push(box);
  }
}

function overlaps(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

async function draw(group, names, url) {
  const { features } = await fetchJson(url);
  const renderer = L.canvas({ pane: "base", padding: 0.5 });
  features.sort((a, b) => ORDER.indexOf(a.properties.role) - ORDER.indexOf(b.properties.role));
  group.addLayer(L.geoJSON(features, {
    pane: "base", renderer, interactive: false, smoothFactor: 0.6,
    style: (feature) => STYLES[feature.properties.role],
  }));
  names.push(...features.filter((feature) => feature.properties.label).map(label));
  names.forEach((name) => group.addLayer(name));
  thin(names);
}

// Called by the script that folium writes.
export function baseLayer(url) {
  const group = L.layerGroup();
  const names = [];
  group.getEvents = () => ({ zoomend: () => thin(names) });
  draw(group, names, url);
  return group;
}
