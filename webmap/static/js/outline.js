// Areas as text and as corners: WKT, and whether a border crosses itself. Pairs are [longitude, latitude].

function side([ax, ay], [bx, by], [cx, cy]) {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function within([ax, ay], [bx, by], [x, y]) {
  return Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);
}

function meet(a, b, c, d) {
  const sides = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (sides[0] !== sides[1] && sides[2] !== sides[3]) return true;
  return [[a, b, c], [a, b, d], [c, d, a], [c, d, b]].some((three, at) => sides[at] === 0 && within(...three));
}

// Whether two edges of a ring meet that do not follow each other, or the ring has no surface.
export function crosses(pairs) {
  const edges = pairs.map((pair, at) => [pair, pairs[(at + 1) % pairs.length]]);
  const apart = (i, j) => j - i > 1 && !(i === 0 && j === edges.length - 1);
  const isFlat = edges.every(([a, b]) => side(pairs[0], a, b) === 0);
  return isFlat || edges.some((one, i) => edges.some((other, j) => apart(i, j) && meet(...one, ...other)));
}

export function wktOf(pairs) {
  const ring = [...pairs, pairs[0]].map(([x, y]) => `${x.toFixed(5)} ${y.toFixed(5)}`);
  return `POLYGON ((${ring.join(", ")}))`;
}

// The corners of a POLYGON or MULTIPOLYGON for Leaflet, or null for any other text.
export function latlngsOf(wkt) {
  const found = /^\s*(MULTI)?POLYGON\s*(\([-\d.\s,()e+]*\))\s*$/i.exec(wkt);
  if (!found) return null;
  const pairs = found[2].replace(/([-\d.e+]+)\s+([-\d.e+]+)/gi, "[$1,$2]");
  try {
    return L.GeoJSON.coordsToLatLngs(JSON.parse(pairs.replace(/\(/g, "[").replace(/\)/g, "]")), found[1] ? 2 : 1);
  } catch {
    return null;
  }
}
