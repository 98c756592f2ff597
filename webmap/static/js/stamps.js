// Marks of works as small pictures, each drawn once: a sign of stage, precision and theme.

import { settings } from "works/settings";

const SITE_SCALE = 0.75;
const ICON_RADIUS = 10;
const ICON_PX = 13;
const ICON_GRID = 16;
const ROOM_PX = 3;

const stamps = new Map();
const icons = new Map();

// The outline of a theme's icon, from the sprite that is part of the page.
function iconOf(theme) {
  if (!icons.has(theme)) {
    const outline = new Path2D();
    for (const path of document.querySelectorAll(`#theme-${CSS.escape(theme)} path`)) outline.addPath(new Path2D(path.getAttribute("d")));
    icons.set(theme, outline);
  }
  return icons.get(theme);
}

export function canvasOf(size, pixels) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(size * pixels);
  const context = canvas.getContext("2d");
  context.scale(pixels, pixels);
  return { canvas, context };
}

function circle(context, radius) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
}

function strokeCircle(context, radius, width, dash = []) {
  context.lineWidth = width;
  context.setLineDash(dash);
  context.lineCap = dash.length ? "round" : "butt";
  circle(context, radius);
  context.stroke();
  context.setLineDash([]);
}

function drawBody(context, colour, radius, isHollow) {
  const { casing, hollowWidth } = settings;
  context.fillStyle = isHollow ? casing.colour : colour;
  context.strokeStyle = isHollow ? colour : casing.colour;
  circle(context, radius);
  context.fill();
  strokeCircle(context, radius, isHollow ? hollowWidth : casing.width);
}

function drawIcon(context, theme, colour) {
  const scale = ICON_PX / ICON_GRID;
  context.save();
  context.translate(-ICON_PX / 2, -ICON_PX / 2);
  context.scale(scale, scale);
  context.fillStyle = colour;
  context.fill(iconOf(theme), "evenodd");
  context.restore();
}

function radiiOf(scale, hasIcon) {
  const grown = hasIcon ? ICON_RADIUS - settings.markRadius : 0;
  return {
    body: scale * settings.markRadius + grown,
    ring: scale * settings.ringRadius + grown,
    dots: scale * settings.dots.radius + grown,
  };
}

function drawn({ work, hasIcon, pixels }) {
  const colour = settings.stageColours[work.stage];
  const { mark } = settings.drawings[work.precision];
  const radii = radiiOf(work.part_of ? SITE_SCALE : 1, hasIcon);
  const half = radii.dots + ROOM_PX;
  const { canvas, context } = canvasOf(2 * half, pixels);
  context.translate(half, half);
  drawBody(context, colour, radii.body, mark === "hollow");
  context.strokeStyle = colour;
  if (mark === "ringed") strokeCircle(context, radii.ring, settings.ringWidth);
  if (!work.verified) strokeCircle(context, radii.dots, settings.dots.width, [0.5, 4]);
  if (hasIcon) drawIcon(context, work.theme, mark === "hollow" ? colour : settings.casing.colour);
  return { canvas, half };
}

// A disc for a site; a hollow ring where no site is known; dots around what nobody has confirmed. Sites of
// counted works are smaller than works that the plan names. `pixels` is the number of dots to a pixel.
export function stampOf(work, withIcon, pixels) {
  const hasIcon = withIcon && !work.part_of;
  const { stageColours, casing } = settings;
  const key = [stageColours[work.stage], casing.colour, work.precision, work.verified, Boolean(work.part_of), hasIcon && work.theme, pixels].join();
  if (!stamps.has(key)) stamps.set(key, drawn({ work, hasIcon, pixels }));
  return stamps.get(key);
}
