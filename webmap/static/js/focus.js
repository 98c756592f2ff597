// The chosen and the hovered work: emphasised on the map, brought into view, named by a label.

import { boundsOf, emphasisOf, glowOf, tooltipOf } from "works/drawing";
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
    this.pointed = null;
    this.tip = null;
    this.zooming = false;
    this.steering = false;
    this.onHover = () => {};
    map.on("zoomstart", () => { this.zooming = true; });
    map.on("zoomend", () => { this.zooming = false; });
  }

  // Moves the map by the page and not by a person, until it stands still again.
  steer(move) {
    this.steering = true;
    this.map.once("moveend", () => window.setTimeout(() => { this.steering = false; }));
    move();
  }

  // Shows the whole city beside the legend.
  home() {
    this.map.fitBounds(settings.bounds, {
      paddingTopLeft: [legendWidth(), MARGIN_PX], paddingBottomRight: [MARGIN_PX, MARGIN_PX], animate: false,
    });
  }

  // Emphasises and names a work; `at` is where the pointer is, where it hovers the map.
  hover(shape, at = null) {
    if (shape && shape === this.pointed) {
      if (at) this.tip?.setLatLng(at);
      return;
    }
    this.onHover(shape);
    this.pointed = shape;
    this.hovered.clearLayers();
    this.tip = null;
    if (!shape) return;
    emphasisOf(shape).forEach((part) => this.hovered.addLayer(part));
    this.tip = L.tooltip(at ?? shape.anchor, { direction: "top", offset: [0, -10], opacity: 1, interactive: false, content: tooltipOf(shape.work) });
    this.hovered.addLayer(this.tip);
  }

  // Emphasises a work, and the sites that a counted one is made of.
  choose(shape, sites = []) {
    this.hover(null);
    this.chosen.clearLayers();
    if (!shape) return;
    for (const site of sites) site.marks.forEach((mark) => this.chosen.addLayer(glowOf(site.work, site.shownAt(mark))));
    emphasisOf(shape).forEach((part) => this.chosen.addLayer(part));
    if (shape.work.precision !== "city") this.chosen.addLayer(this._label(shape));
  }

  // Moves the map to the places of several shapes, at least so near that some of them part.
  bringNearer(shapes) {
    const bounds = shapes.map((shape) => shape.bounds).reduce((all, one) => all.extend(one));
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
    this.steer(() => this.map.fitBounds(boundsOf(shape), {
      paddingTopLeft: [legendWidth(), 2 * MARGIN_PX], paddingBottomRight: covered(this.map).add([MARGIN_PX, MARGIN_PX]),
      maxZoom: Math.max(CLOSEST_ZOOM, this.map.getZoom()), animate: !still, duration: 0.15,
    }));
  }

  _label(shape) {
    return L.tooltip(shape.anchor, {
      permanent: true, direction: "top", offset: [0, -12], className: "chosen-label", interactive: false,
      content: element("span", "", shape.work.name),
    });
  }
}
