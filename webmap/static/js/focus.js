// The chosen and the hovered work: emphasised on the map, brought into view, named by a label.

import { boundsOf, emphasisOf, glowOf, latlngOf } from "works/drawing";
import { element, isPhone, settings, still } from "works/settings";

const CLOSEST_ZOOM = 13;
const MARGIN_PX = 24;
const legend = document.getElementById("legend");
const detail = document.getElementById("detail");

function legendWidth() {
  return legend.open && !isPhone() ? legend.offsetWidth + MARGIN_PX : MARGIN_PX;
}

// How much of the map the panel hides, at its right or from below: nothing where it lies beside the map.
function covered(map) {
  const { left, right, top } = detail.getBoundingClientRect();
  const chart = map.getContainer().getBoundingClientRect();
  if (left > chart.left) return L.point(Math.min(chart.right - left, chart.width / 2), 0);
  return L.point(0, right > chart.left ? Math.max(0, Math.min(chart.bottom - top, chart.height * 0.6)) : 0);
}

export class Focus {
  constructor(map) {
    this.map = map;
    this.chosen = L.layerGroup().addTo(map);
    this.hovered = L.layerGroup().addTo(map);
    this.zooming = false;
    this.onHover = () => {};
    map.on("zoomstart", () => { this.zooming = true; });
    map.on("zoomend", () => { this.zooming = false; });
  }

  // Shows the whole city beside the legend.
  home() {
    this.map.fitBounds(settings.bounds, {
      paddingTopLeft: [legendWidth(), MARGIN_PX], paddingBottomRight: [MARGIN_PX, MARGIN_PX], animate: false,
    });
  }

  hover(shape) {
    this.onHover(shape);
    this.hovered.clearLayers();
    if (shape) emphasisOf(shape).forEach((part) => this.hovered.addLayer(part));
  }

  // Emphasises a work, and the sites that a counted one is made of.
  choose(shape, sites = []) {
    this.hovered.clearLayers();
    this.chosen.clearLayers();
    if (!shape) return;
    const glows = new Map(sites.flatMap(({ marks, work }) => marks.map((mark) => [mark, work])));
    for (const [mark, work] of glows) this.chosen.addLayer(glowOf(work, mark.shown));
    emphasisOf(shape).forEach((part) => this.chosen.addLayer(part));
    if (shape.work.precision !== "city") this.chosen.addLayer(this._label(shape));
  }

  // Moves the map to the places of several shapes, at least so near that some of them part.
  bringNearer(shapes) {
    const bounds = L.latLngBounds(shapes.flatMap(({ centres }) => centres));
    const zoom = Math.max(this.map.getBoundsZoom(bounds.pad(0.2)), this.map.getZoom() + 1);
    this.map.setView(bounds.getCenter(), Math.min(zoom, this.map.getMaxZoom()), { animate: false });
  }

  // Moves the map so that the shape lies between legend and panel, which may just have changed the map's room;
  // waits while the map zooms.
  bringIntoView(shape) {
    if (this.zooming) {
      this.map.once("zoomend", () => this.bringIntoView(shape));
      return;
    }
    this.map.invalidateSize({ pan: false });
    this.map.fitBounds(boundsOf(shape), {
      paddingTopLeft: [legendWidth(), 2 * MARGIN_PX], paddingBottomRight: covered(this.map).add([MARGIN_PX, MARGIN_PX]),
      maxZoom: Math.max(CLOSEST_ZOOM, this.map.getZoom()), animate: !still, duration: 0.15,
    });
  }

  _label(shape) {
    const at = shape.marks[0]?.shown ?? shape.centres[0] ?? middleOf(shape.latlngs);
    return L.tooltip(at, {
      permanent: true, direction: "top", offset: [0, -12], className: "chosen-label", interactive: false,
      content: element("span", "", shape.work.name),
    });
  }
}

function middleOf(latlngs) {
  const longest = latlngs.reduce((one, other) => (other.length > one.length ? other : one));
  return longest[Math.floor(longest.length / 2)] ?? latlngOf([0, 0]);
}
