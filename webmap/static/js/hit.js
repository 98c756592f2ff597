// What lies under the pointer: the nearest mark, then the nearest line, then an outline.

import { radiusOf } from "works/paint";

const MARK_PX = 13;
const LINE_PX = 9;
const OUTLINE_PX = 5;
export const REACH_PX = 24;

// The distance of a place from a line through corners, all in the same units.
export function distanceTo(part, x, y) {
  let least = Math.hypot(part[0] - x, part[1] - y);
  for (let at = 2; at < part.length; at += 2) {
    const [fromX, fromY, dx, dy] = [part[at - 2], part[at - 1], part[at] - part[at - 2], part[at + 1] - part[at - 1]];
    const length = dx * dx + dy * dy;
    const along = length ? Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / length)) : 0;
    least = Math.min(least, Math.hypot(fromX + along * dx - x, fromY + along * dy - y));
  }
  return least;
}

function nearest(things, distanceOf, reachOf) {
  let found = null;
  let least = Infinity;
  for (const thing of things) {
    const distance = distanceOf(thing);
    // Of two at the same place the later one is drawn above the other.
    if (distance > reachOf(thing) || distance > least) continue;
    least = distance;
    found = thing;
  }
  return found;
}

// Answers { shape } or { cluster }, or null; `wider` are pixels to add for a finger.
export function hitAmong({ areas, lines, marks, clusters }, x, y, scale, wider = 0) {
  const spot = (mark) => Math.hypot(mark.shownX - x, mark.shownY - y) * scale;
  const edge = (shape) => Math.min(...shape.parts.map((part) => distanceTo(part, x, y))) * scale;
  const cluster = nearest(clusters, spot, (one) => radiusOf(one) + wider);
  if (cluster) return { cluster };
  const mark = nearest(marks, spot, () => MARK_PX + wider);
  if (mark) return { shape: mark.shapes[0] };
  const shape = nearest(lines, edge, () => LINE_PX + wider) ?? nearest(areas, edge, () => OUTLINE_PX + wider);
  return shape && { shape };
}
