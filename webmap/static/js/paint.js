// Draws shapes, marks and clusters on a canvas: areas under lines, lines under marks, clusters on top.

import { canvasOf, stampOf } from "works/stamps";
import { settings } from "works/settings";

const ICON_ZOOM = 13.5;
const FINEST_PX = 0.8;
const TINY_PX = 4;
const HATCHED_PX = 28;

// Paints with `view`: context, scale (pixels to a unit), x and y of the world's corner, zoom, dots to a pixel.
export class Painter {
  constructor(view) {
    Object.assign(this, view);
    this.hatches = new Map();
    this.ink = getComputedStyle(document.documentElement).getPropertyValue("--ink");
  }

  px(x) {
    return x * this.scale + this.x;
  }

  py(y) {
    return y * this.scale + this.y;
  }

  paint({ areas, lines, marks, clusters }) {
    areas.forEach((shape) => this._area(shape));
    const { casing } = settings;
    lines.forEach((shape) => this._line(shape, casing.colour, casing.opacity, 2 * casing.width));
    lines.forEach((shape) => this._line(shape, colourOf(shape.work), 1, 0));
    marks.forEach((mark) => this._mark(mark));
    clusters.forEach((cluster) => this._cluster(cluster));
  }

  // Leaves out corners that lie within a pixel of the last one: at low zooms most do.
  _trace(part) {
    const { context } = this;
    let lastX = this.px(part[0]);
    let lastY = this.py(part[1]);
    context.moveTo(lastX, lastY);
    for (let at = 2; at < part.length; at += 2) {
      const x = this.px(part[at]);
      const y = this.py(part[at + 1]);
      const isLast = at === part.length - 2;
      if (!isLast && Math.abs(x - lastX) < FINEST_PX && Math.abs(y - lastY) < FINEST_PX) continue;
      context.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
  }

  _path(parts) {
    this.context.beginPath();
    parts.forEach((part) => this._trace(part));
  }

  _extent([left, top, right, bottom]) {
    return Math.max(right - left, bottom - top) * this.scale;
  }

  _line(shape, colour, opacity, wider) {
    const { context } = this;
    const { width } = settings.drawings[shape.work.precision];
    context.globalAlpha = opacity;
    if (this._extent(shape.box) < TINY_PX) this._dot(shape.box, colour, (width + wider) / 2 + 1);
    else {
      if (!wider) this._dash(shape.work);
      context.strokeStyle = colour;
      context.lineWidth = width + wider;
      context.lineJoin = "round";
      this._path(shape.parts);
      context.stroke();
      context.setLineDash([]);
      context.lineCap = "butt";
    }
    context.globalAlpha = 1;
  }

  // A line that is too short to be seen is at least a dot.
  _dot([left, top, right, bottom], colour, radius) {
    const { context } = this;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(this.px((left + right) / 2), this.py((top + bottom) / 2), radius, 0, 2 * Math.PI);
    context.fill();
  }

  _dash(work) {
    const dash = dashOf(work);
    this.context.setLineDash(dash);
    this.context.lineCap = dash.length ? "round" : "butt";
  }

  // What is known by its outline is tinted; where a work lies somewhere inside, the inner edge is hatched.
  _area(shape) {
    const { context } = this;
    const { area } = settings;
    const { fill } = settings.drawings[shape.work.precision];
    const colour = colourOf(shape.work);
    this._path(shape.parts);
    if (fill === "tint") {
      context.globalAlpha = area.tint;
      context.fillStyle = colour;
      context.fill("evenodd");
    }
    if (fill === "hatch" && this._extent(shape.box) > HATCHED_PX) this._hatch(colour);
    context.globalAlpha = fill === "tint" ? 1 : area.opacity;
    context.strokeStyle = colour;
    context.lineWidth = area.width;
    this._dash(shape.work);
    context.stroke();
    context.setLineDash([]);
    context.lineCap = "butt";
    context.globalAlpha = 1;
  }

  _hatch(colour) {
    const { context } = this;
    context.save();
    context.clip("evenodd");
    context.strokeStyle = this._hatchOf(colour);
    context.lineWidth = 2 * settings.area.hatch.length;
    context.stroke();
    context.restore();
  }

  _hatchOf(colour) {
    if (!this.hatches.has(colour)) {
      const { spacing, width } = settings.area.hatch;
      const { canvas, context } = canvasOf(spacing, this.pixels);
      context.strokeStyle = colour;
      context.lineWidth = width;
      for (const shift of [-spacing, 0, spacing]) {
        context.moveTo(shift - 1, spacing + 1);
        context.lineTo(shift + spacing + 1, -1);
      }
      context.stroke();
      const pattern = this.context.createPattern(canvas, "repeat");
      pattern.setTransform(new DOMMatrix().scale(1 / this.pixels));
      this.hatches.set(colour, pattern);
    }
    return this.hatches.get(colour);
  }

  _mark({ shownX, shownY, shapes: [{ work }] }) {
    const { canvas, half } = stampOf(work, this.zoom >= ICON_ZOOM, this.pixels);
    const at = (value) => Math.round((value - half) * this.pixels) / this.pixels;
    this.context.drawImage(canvas, at(this.px(shownX)), at(this.py(shownY)), 2 * half, 2 * half);
  }

  _cluster(cluster) {
    const { context } = this;
    const [x, y, radius] = [this.px(cluster.shownX), this.py(cluster.shownY), radiusOf(cluster)];
    const colour = settings.stageColours[cluster.stage];
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = settings.casing.colour;
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = colour;
    context.stroke();
    context.fillStyle = this.ink;
    context.font = `600 12px ${settings.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(shortNumber(cluster.shapes.length), x, y + 0.5);
  }
}

export function colourOf(work) {
  return settings.stageColours[work.stage];
}

export function dashOf(work) {
  return work.verified ? settings.drawings[work.precision].dash : settings.dots.dash;
}

// The radius of a cluster's symbol in pixels: more works, a larger disc, but never in proportion.
export function radiusOf({ shapes }) {
  return 11 + 3 * Math.log10(shapes.length);
}

// A wide area is outlined only while it is hovered or chosen: several lie over another. Many sites are known
// only by their town: the outlines of so many areas would hide the map.
export function isOutlined({ work, kind }) {
  if (kind !== "area" || work.precision === "city") return false;
  return !(work.uncertainty_m > settings.area.wideM) && !(work.part_of && work.precision === "area");
}

const compact = new Intl.NumberFormat(settings.language, { notation: "compact", maximumFractionDigits: 1 });

function shortNumber(count) {
  return count < 1000 ? String(count) : compact.format(count);
}
