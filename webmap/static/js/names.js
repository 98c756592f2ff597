// Names of lines along them, at zooms where they can be read: none covers another, a mark or a symbol.

import { colourOf } from "works/paint";
import { settings } from "works/settings";

const NAMED_ZOOM = 12.5;
const MOST_NAMES = 60;
const TEXT_PX = 12;
const SPACING_PX = 1.5;
const STEP_PX = 6;
const HALF_PX = 8;
const STRAIGHT = Math.cos(Math.PI / 7);
const STEEP = 1.7;
const HAN = /\p{Script=Han}/u;
const OBSTACLES = ".badge, .site-count-place button, .base-name:not(.crowded)";

// Places along a line at equal steps, only where the canvas shows it: runs of points.
function runsOf(painter, part, size) {
  const runs = [];
  let run = [];
  let rest = 0;
  for (let at = 2; at < part.length; at += 2) {
    const [x, y] = [painter.px(part[at - 2]), painter.py(part[at - 1])];
    const [dx, dy] = [painter.px(part[at]) - x, painter.py(part[at + 1]) - y];
    const length = Math.hypot(dx, dy);
    if (isFar(x, y, dx, dy, size)) {
      if (run.length) runs.push(run);
      run = [];
      rest = 0;
      continue;
    }
    for (; rest <= length; rest += STEP_PX) run.push({ x: x + (dx * rest) / length, y: y + (dy * rest) / length });
    rest -= length;
  }
  return run.length ? [...runs, run] : runs;
}

function isFar(x, y, dx, dy, size) {
  const margin = 200;
  return Math.max(x, x + dx) < -margin || Math.min(x, x + dx) > size.x + margin
    || Math.max(y, y + dy) < -margin || Math.min(y, y + dy) > size.y + margin;
}

function isStraight(places) {
  const turn = (from, to) => Math.atan2(to.y - from.y, to.x - from.x);
  const whole = turn(places[0], places.at(-1));
  return places.slice(2).every((place, at) => Math.cos(turn(places[at], place) - whole) > STRAIGHT);
}

function boxOf(places) {
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  return [Math.min(...xs) - HALF_PX, Math.min(...ys) - HALF_PX, Math.max(...xs) + HALF_PX, Math.max(...ys) + HALF_PX];
}

function meets(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

// Small boxes along the text instead of one around it: a slanting name is in the way of little.
function boxesOf(places) {
  const boxes = [];
  for (let at = 0; at < places.length; at += 2) boxes.push(boxOf(places.slice(at, at + 3)));
  return boxes;
}

function isFree(boxes, taken) {
  return boxes.every((box) => !taken.some((other) => meets(box, other)));
}

// The places under a name: the stretch nearest to the middle of a run that is straight and free.
function stretchOf(runs, width, taken) {
  const count = Math.ceil(width / STEP_PX) + 1;
  for (const run of [...runs].sort((one, other) => other.length - one.length)) {
    const last = run.length - count;
    for (let turn = 0; turn <= last; turn += 1) {
      const first = Math.floor(last / 2) + (turn % 2 ? 1 : -1) * Math.ceil(turn / 2);
      const places = run.slice(Math.max(0, first), Math.max(0, first) + count);
      if (places.length === count && isStraight(places) && isFree(boxesOf(places), taken)) return places;
    }
  }
  return null;
}

function isSteep(places) {
  const [first, last] = [places[0], places.at(-1)];
  return Math.abs(last.y - first.y) > STEEP * Math.abs(last.x - first.x);
}

// Read from left to right, or from above where the line is steep: Chinese characters then stand upright.
function inReadingOrder(places) {
  const [first, last] = [places[0], places.at(-1)];
  const isBackwards = isSteep(places) ? last.y < first.y : last.x < first.x;
  return isBackwards ? [...places].reverse() : places;
}

function placeAt(places, along) {
  const at = Math.min(places.length - 2, Math.max(0, Math.floor(along / STEP_PX)));
  const [from, to] = [places[at], places[at + 1]];
  const part = along / STEP_PX - at;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function write(context, name, places, width, colour) {
  const slack = ((places.length - 1) * STEP_PX - width) / 2;
  let along = slack;
  const isUpright = isSteep(places);
  const letters = [...name].map((letter) => {
    const wide = context.measureText(letter).width + SPACING_PX;
    const middle = placeAt(places, along + wide / 2);
    const [before, after] = [placeAt(places, along + wide / 2 - STEP_PX), placeAt(places, along + wide / 2 + STEP_PX)];
    along += wide;
    return { letter, ...middle, turn: Math.atan2(after.y - before.y, after.x - before.x) - (isUpright && HAN.test(letter) ? Math.PI / 2 : 0) };
  });
  for (const draw of ["strokeText", "fillText"]) {
    context.strokeStyle = settings.casing.colour;
    context.fillStyle = colour;
    context.lineWidth = 4;
    context.lineJoin = "round";
    for (const { letter, x, y, turn } of letters) {
      context.save();
      context.translate(x, y);
      context.rotate(turn);
      context[draw](letter, 0, 0);
      context.restore();
    }
  }
}

// The boxes that names of the base map, badges and symbols take up on the canvas.
function obstaclesOf(canvas) {
  const from = canvas.getBoundingClientRect();
  return [...document.querySelectorAll(OBSTACLES)].map((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return [left - from.left, top - from.top, right - from.left, bottom - from.top];
  });
}

function markBox(painter, { shownX, shownY }) {
  const [x, y] = [painter.px(shownX), painter.py(shownY)];
  return [x - HALF_PX, y - HALF_PX, x + HALF_PX, y + HALF_PX];
}

// Writes the names that have room; gives them with the places they take up.
export function drawNames(painter, { lines, marks, clusters }, size) {
  if (painter.zoom < NAMED_ZOOM) return [];
  const { context } = painter;
  const taken = [...obstaclesOf(context.canvas), ...[...marks, ...clusters].map((mark) => markBox(painter, mark))];
  const named = [];
  const longest = [...lines].sort((one, other) => painter._extent(other.box) - painter._extent(one.box));
  context.font = `600 ${TEXT_PX}px ${settings.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { work, parts } of longest.slice(0, MOST_NAMES)) {
    const width = context.measureText(work.name).width + SPACING_PX * [...work.name].length;
    const runs = parts.flatMap((part) => runsOf(painter, part, size));
    const places = stretchOf(runs, width, taken);
    if (!places) continue;
    write(context, work.name, inReadingOrder(places), width, colourOf(work));
    taken.push(...boxesOf(places));
    named.push({ id: work.work_id, name: work.name, box: boxOf(places) });
  }
  return named;
}
