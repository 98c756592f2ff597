// Moves marks apart that would hide one another: several works often share one place.

const NEAR_PX = 9;
const STEP_PX = 12;
const GOLDEN_ANGLE = 2.399963;

function clusters(points) {
  const found = [];
  for (const point of points) {
    const home = found.find((one) => one.at.distanceTo(point.at) < NEAR_PX);
    if (home) home.members.push(point);
    else found.push({ at: point.at, members: [point] });
  }
  return found;
}

// The first stays in the middle, the others lie around it like seeds in a sunflower.
function offset(index, count) {
  if (count === 1) return L.point(0, 0);
  const radius = STEP_PX * Math.sqrt(index);
  return L.point(radius * Math.cos(index * GOLDEN_ANGLE), radius * Math.sin(index * GOLDEN_ANGLE));
}

export function spreadMarks(map, marks) {
  const points = marks.map((mark) => ({ mark, at: map.latLngToLayerPoint(mark.latlng) }));
  for (const { at, members } of clusters(points)) {
    members.forEach(({ mark }, index) => {
      const latlng = members.length === 1
        ? mark.latlng
        : map.layerPointToLatLng(at.add(offset(index, members.length)));
      mark.parts.forEach((part) => part.setLatLng(latlng));
      mark.shown = latlng;
    });
  }
}
