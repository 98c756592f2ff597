// Where the map stands: read from the address, written to it after a person has moved the map.

const AT = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;
const DIGITS = 4;

function rounded(number, digits) {
  return String(Number(number.toFixed(digits)));
}

// "zoom/latitude/longitude" of a map.
export function placeOf(map) {
  const { lat, lng } = map.getCenter();
  return [rounded(map.getZoom(), 2), rounded(lat, DIGITS), rounded(lng, DIGITS)].join("/");
}

// Moves a map to such a place; answers whether it was one.
export function standAt(map, place) {
  const found = AT.exec(place ?? "");
  if (!found) return false;
  const [zoom, lat, lng] = found.slice(1).map(Number);
  if (Math.abs(lat) > 85 || Math.abs(lng) > 180) return false;
  map.setView([lat, lng], Math.min(zoom, map.getMaxZoom()), { animate: false });
  return true;
}

// The section that a map shows, as a filter: "west,south,east,north".
export function sectionOf(map) {
  const bounds = map.getBounds();
  const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  return edges.map((edge) => rounded(edge, DIGITS)).join(",");
}

// The bounds of such a filter; null where it is none.
export function boundsOfSection(section) {
  const edges = (section ?? "").split(",").map(Number);
  if (edges.length !== 4 || !edges.every(Number.isFinite)) return null;
  const [west, south, east, north] = edges;
  return [[south, west], [north, east]];
}
