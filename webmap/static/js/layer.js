// All works on one canvas: it moves with the map, and is drawn again only where the map would show its edge.

import { fetchJson } from "works/backend";
import { Grid } from "works/grid";
import { REACH_PX, hitAmong } from "works/hit";
import { drawNames } from "works/names";
import { Painter, isOutlined, radiusOf } from "works/paint";
import { shapesOf } from "works/shapes";
import { arrangeMarks, isCrowded } from "works/spread";

const PADDING = 0.35;
const MARK_ROOM_PX = 20;

let present = null;

function boxAround(x, y, reach) {
  return [x - reach, y - reach, x + reach, y + reach];
}

// A line among marks: it joins a cluster by its middle, like a mark that stands there.
function standInOf(shape) {
  const [left, top, right, bottom] = shape.box;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { x, y, shownX: x, shownY: y, shapes: [shape], isStandIn: true };
}

const WorksLayer = L.Renderer.extend({
  initialize(url) {
    L.Renderer.prototype.initialize.call(this, { pane: "works", padding: PADDING });
    this.shapes = new Map();
    this.drawn = { areas: [], lines: [], marks: [], clusters: [] };
    this.named = [];
    this.grids = null;
    this.isDrawn = false;
    this.loading = this._load(url);
    document.addEventListener("colours", () => this.redraw());
    window.addEventListener("beforeprint", () => this._draw());
    present = this;
  },

  async _load(url) {
    this.shapes = shapesOf(await fetchJson(url));
    return this;
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._update, resize: this._reset };
  },

  _initContainer() {
    this._container = L.DomUtil.create("canvas", "works-canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    L.Util.cancelAnimFrame(this._frame);
    this._container.remove();
    this._container = null;
  },

  _onZoomEnd() {},
  _updatePaths() {},

  _reset() {
    this.redraw();
  },

  // While the map moves inside what is drawn, the browser moves the canvas with it and nothing is drawn.
  _update() {
    if (!this._bounds) L.Renderer.prototype._update.call(this);
    if (!this._isCovered()) this.redraw();
  },

  _isCovered() {
    if (!this.isDrawn || this._zoom !== this._map.getZoom()) return false;
    const first = this._map.containerPointToLayerPoint([0, 0]);
    return this._bounds.contains(L.bounds(first, first.add(this._map.getSize())));
  },

  // Draws again before the browser shows the next frame.
  redraw() {
    this._frame ??= window.requestAnimationFrame(() => {
      this._frame = null;
      if (this._map && !this._map._animatingZoom) this._draw();
    });
  },

  _scale() {
    return 2 ** this._map.getZoom();
  },

  // Takes what is to be shown: shapes that are drawn for themselves, and symbols that stand in the way of marks.
  arrange(shapes, symbols) {
    const scale = this._scale();
    const crowded = isCrowded(shapes.length, scale);
    const lines = shapes.filter(({ kind }) => kind === "line");
    const marks = [...symbols, ...shapes.flatMap((shape) => shape.marks), ...(crowded ? lines.map(standInOf) : [])];
    const { singles, clusters } = arrangeMarks(marks, scale, crowded);
    const hidden = new Set(clusters.flatMap((cluster) => cluster.shapes));
    this.drawn = {
      areas: shapes.filter((shape) => isOutlined(shape) && !hidden.has(shape)),
      lines: crowded ? lines.filter((shape) => !hidden.has(shape)) : lines,
      marks: singles.filter((mark) => !mark.button && !mark.isStandIn),
      clusters,
    };
    this._index(scale);
    this.redraw();
  },

  _index(scale) {
    const { areas, lines, marks, clusters } = this.drawn;
    for (const mark of marks) mark.box = boxAround(mark.shownX, mark.shownY, MARK_ROOM_PX / scale);
    for (const cluster of clusters) cluster.box = boxAround(cluster.shownX, cluster.shownY, (radiusOf(cluster) + 3) / scale);
    this.grids = {
      areas: new Grid(areas, scale), lines: new Grid(lines, scale), marks: new Grid(marks, scale), clusters: new Grid(clusters, scale),
    };
  },

  _among(box) {
    return Object.fromEntries(Object.entries(this.grids).map(([name, grid]) => [name, grid.search(box)]));
  },

  _fit(size, pixels) {
    const canvas = this._container;
    if (canvas.width !== size.x * pixels || canvas.height !== size.y * pixels) {
      canvas.width = size.x * pixels;
      canvas.height = size.y * pixels;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this._context.setTransform(pixels, 0, 0, pixels, 0, 0);
    this._context.clearRect(0, 0, size.x, size.y);
  },

  _draw() {
    L.Renderer.prototype._update.call(this);
    this.isDrawn = true;
    const size = this._bounds.getSize();
    const pixels = Math.min(2, Math.ceil(window.devicePixelRatio));
    this._fit(size, pixels);
    L.DomUtil.setTransform(this._container, this._bounds.min, 1);
    if (!this.grids) return;
    const corner = this._map.getPixelOrigin().add(this._bounds.min);
    const scale = this._scale();
    const box = [corner.x, corner.y, corner.x + size.x, corner.y + size.y].map((edge) => edge / scale);
    const painter = new Painter({ context: this._context, scale, x: -corner.x, y: -corner.y, zoom: this._map.getZoom(), pixels });
    const seen = this._among(box);
    painter.paint(seen);
    this.named = drawNames(painter, seen, size);
    this.fire("drawn");
  },

  // What lies at a place of the map: { shape } or { cluster }, or null.
  hit(latlng, wider) {
    if (!this.grids) return null;
    const scale = this._scale();
    const { x, y } = this._map.project(latlng).divideBy(scale);
    return hitAmong(this._among(boxAround(x, y, (REACH_PX + wider) / scale)), x, y, scale, wider);
  },
});

// Called by the script that folium writes.
export function worksLayer(url) {
  return new WorksLayer(url);
}

// The layer of the page.
export function worksOnMap() {
  return present;
}

// The layer of the page, when its works have come; where they do not, that is reported.
export async function loadedWorks(onFailure) {
  try {
    await present.loading;
  } catch {
    onFailure();
  }
  return present;
}
