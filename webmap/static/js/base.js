// The light base map of local data: land, water, district lines, main lines.

import { fetchJson } from "works/backend";
import { nameLayer } from "works/base_names";

const ORDER = ["district", "water", "stream", "railway", "expressway", "metro"];
let local = null;

// Colours stand in the style sheets, so that dark mode and print change them.
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--base-${name}`).trim() || "#888888";
}

function styles() {
  const line = (name, weight) => ({ color: colour(name), weight, fill: false });
  return {
    district: { color: colour("border"), weight: 1, fillColor: colour("land"), fillOpacity: 1 },
    water: { stroke: false, fillColor: colour("water"), fillOpacity: 1 },
    stream: line("stream", 2),
    railway: { ...line("railway", 1.2), dashArray: "6 3" },
    expressway: line("expressway", 1.8),
    metro: line("metro", 1.2),
  };
}

async function draw(group, url) {
  const { features } = await fetchJson(url);
  const renderer = L.canvas({ pane: "base", padding: 0.5 });
  const drawn = features.filter(({ properties }) => ORDER.includes(properties.role));
  drawn.sort((a, b) => ORDER.indexOf(a.properties.role) - ORDER.indexOf(b.properties.role));
  let present = styles();
  const styleOf = ({ properties }) => present[properties.role];
  const ground = L.geoJSON(drawn, { pane: "base", renderer, interactive: false, smoothFactor: 0.6, style: styleOf });
  group.addLayer(ground);
  group.addLayer(nameLayer(features));
  document.addEventListener("colours", () => {
    present = styles();
    ground.setStyle(styleOf);
  });
}

// Called by the script that folium writes.
export function baseLayer(url) {
  local = L.layerGroup();
  draw(local, url);
  return local;
}

export function localBase() {
  return local;
}
