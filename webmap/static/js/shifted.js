// GCJ-02, in which Chinese map services publish tiles: the same shift as geo.crs has, and its exact inverse.

const SEMI_MAJOR_M = 6378245;
const ECCENTRICITY_SQUARED = 0.00669342162296594323;
const BOUNDS = { west: 72.004, east: 137.8347, south: 0.8293, north: 55.8271 };
const ORIGIN = { lng: 105, lat: 35 };
const SHARED_WAVES = [[20, 6], [20, 2]];
const EAST_WAVES = [[20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]];
const NORTH_WAVES = [[20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]];
const ROUNDS = 6;

function waves(along, amplitudes) {
  return amplitudes.reduce((sum, [metres, turns]) => sum + metres * Math.sin(turns * Math.PI * along), 0) * 2 / 3;
}

function isShifted({ lng, lat }) {
  return lng > BOUNDS.west && lng < BOUNDS.east && lat > BOUNDS.south && lat < BOUNDS.north;
}

function shiftDegrees({ lng, lat }) {
  const x = lng - ORIGIN.lng;
  const y = lat - ORIGIN.lat;
  const root = Math.sqrt(Math.abs(x));
  const shared = waves(x, SHARED_WAVES);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + shared + waves(x, EAST_WAVES);
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + shared + waves(y, NORTH_WAVES);
  const phi = lat * Math.PI / 180;
  const bend = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) ** 2;
  const across = SEMI_MAJOR_M / Math.sqrt(bend);
  const along = across * (1 - ECCENTRICITY_SQUARED) / bend;
  return { lng: east / (across * Math.cos(phi)) * 180 / Math.PI, lat: north / along * 180 / Math.PI };
}

// Where GCJ-02 puts a point of WGS-84.
export function toGcj02(point) {
  if (!isShifted(point)) return point;
  const by = shiftDegrees(point);
  return { lng: point.lng + by.lng, lat: point.lat + by.lat };
}

// Where a point of GCJ-02 truly lies: the shift is undone round by round.
export function toWgs84(point) {
  if (!isShifted(point)) return point;
  let found = { lng: point.lng, lat: point.lat };
  for (let round = 0; round < ROUNDS; round++) {
    const by = shiftDegrees(found);
    found = { lng: point.lng - by.lng, lat: point.lat - by.lat };
  }
  return found;
}
