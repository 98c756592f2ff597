// Moves marks apart that would hide one another: several works often share one place. Where too many do, or
// where there are more works than can be told apart, one symbol with their number stands for them.

const NEAR_PX = 9;
const STEP_PX = 12;
const MOST_SPREAD = 12;
const CLUSTER_PX = 72;
const GOLDEN_ANGLE = 2.399963;

// More works than this are drawn as clusters, until so near a zoom that they part.
export const MOST_SINGLE = 10_000;
const LAST_CLUSTER_ZOOM = 15;

function cellOf(x, y) {
  return x * 67108864 + y;
}

// Groups marks that lie nearer than a distance to the first of their group.
function nearGroups(marks, near) {
  const homes = new Map();
  const groups = [];
  for (const mark of marks) {
    const column = Math.floor(mark.x / near);
    const row = Math.floor(mark.y / near);
    const home = homeNear(homes, column, row, mark, near);
    if (home) {
      home.push(mark);
      continue;
    }
    const group = [mark];
    groups.push(group);
    const key = cellOf(column, row);
    if (homes.has(key)) homes.get(key).push(group);
    else homes.set(key, [group]);
  }
  return groups;
}

function homeNear(homes, column, row, mark, near) {
  for (let x = column - 1; x <= column + 1; x += 1) {
    for (let y = row - 1; y <= row + 1; y += 1) {
      const found = homes.get(cellOf(x, y))?.find(([first]) => Math.hypot(first.x - mark.x, first.y - mark.y) < near);
      if (found) return found;
    }
  }
  return null;
}

function cellGroups(marks, size) {
  const cells = new Map();
  for (const mark of marks) {
    const key = cellOf(Math.floor(mark.x / size), Math.floor(mark.y / size));
    if (cells.has(key)) cells.get(key).push(mark);
    else cells.set(key, [mark]);
  }
  return [...cells.values()];
}

// The first stays in the middle, the others lie around it like seeds in a sunflower.
function spread(group, scale) {
  const [{ x, y }] = group;
  group.forEach((mark, index) => {
    if (mark.button) return;
    const radius = group.length === 1 ? 0 : (STEP_PX * Math.sqrt(index)) / scale;
    mark.shownX = (group.length === 1 ? mark.x : x) + radius * Math.cos(index * GOLDEN_ANGLE);
    mark.shownY = (group.length === 1 ? mark.y : y) + radius * Math.sin(index * GOLDEN_ANGLE);
  });
}

function mostCommon(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((one, other) => (other[1] > one[1] ? other : one))[0];
}

function clusterOf(marks) {
  const shapes = [...new Set(marks.flatMap((mark) => mark.shapes))];
  const mean = (name) => marks.reduce((sum, mark) => sum + mark[name], 0) / marks.length;
  const [x, y] = [mean("x"), mean("y")];
  return { x, y, shownX: x, shownY: y, shapes, stage: mostCommon(shapes.map(({ work }) => work.stage)) };
}

function isMovable(mark) {
  return !mark.button;
}

// Gives the marks that are drawn for themselves, where they now lie, and the clusters of others.
function spreadOut(marks, scale) {
  const singles = [];
  const clusters = [];
  for (const group of nearGroups(marks, NEAR_PX / scale)) {
    if (group.length <= MOST_SPREAD || !group.every(isMovable)) {
      spread(group, scale);
      singles.push(...group);
    } else clusters.push(clusterOf(group));
  }
  return { singles, clusters };
}

// Whether so many works are drawn as clusters; `scale` is the number of pixels to a unit of their places.
export function isCrowded(works, scale) {
  return works > MOST_SINGLE && Math.log2(scale) <= LAST_CLUSTER_ZOOM;
}

export function arrangeMarks(marks, scale, crowded) {
  if (!crowded) return spreadOut(marks, scale);
  const groups = cellGroups(marks, CLUSTER_PX / scale);
  const alone = groups.filter((group) => group.length === 1).flat();
  alone.forEach((mark) => spread([mark], scale));
  return { singles: alone, clusters: groups.filter((group) => group.length > 1).map(clusterOf) };
}
