// The area that the works must lie in, drawn corner by corner. It stands in the address as WKT, by a hidden field of the
// form that holds all filters.

import { crosses, latlngsOf, wktOf } from "works/outline";

const STYLE = { pane: "areas", color: "#0b5a96", weight: 1.5, dashArray: "6 4", fillOpacity: 0.06, interactive: false };
const SAME_PX = 8;
const MOST_CORNERS = 100; // more would not fit into an address
const tool = document.getElementById("area");
const form = document.getElementById("filter");

function button(name) {
  return tool.querySelector(`[data-area="${name}"]`);
}

function say(words, isFailure = false) {
  const hint = tool.querySelector(".area-hint");
  hint.textContent = words;
  hint.hidden = !words;
  hint.classList.toggle("failed", isFailure);
}

// Puts an area into the filters; "" takes it away.
function ask(polygon) {
  form.elements.polygon.value = polygon;
  form.elements.polygon.dispatchEvent(new Event("change", { bubbles: true }));
}

class AreaTool {
  constructor(map) {
    this.map = map;
    this.corners = null;
    this.shown = L.layerGroup().addTo(map);
    this.sketch = L.layerGroup().addTo(map);
    this.isFirst = true;
    button("draw").addEventListener("click", () => (this.corners ? this.stop() : this.begin()));
    button("finish").addEventListener("click", () => this.finish());
    button("cancel").addEventListener("click", () => this.stop());
    button("remove").addEventListener("click", () => { this.stop(); ask(""); button("draw").focus(); });
    this.listen(map.getContainer());
  }

  // While an area is drawn, presses are corners: neither works nor the map itself hear of them.
  listen(container) {
    let pressed = null;
    container.addEventListener("pointerdown", (event) => { pressed = [event.clientX, event.clientY]; }, true);
    container.addEventListener("click", (event) => this.whileDrawing(event, () => {
      const moved = pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]);
      if (!(moved > SAME_PX)) this.add(this.map.mouseEventToLatLng(event));
    }), true);
    container.addEventListener("dblclick", (event) => this.whileDrawing(event, () => this.finish()), true);
    container.addEventListener("mousemove", (event) => {
      if (this.corners) this.draw(this.map.mouseEventToLatLng(event));
    });
    document.addEventListener("keydown", (event) => this.press(event), true);
  }

  whileDrawing(event, action) {
    if (!this.corners) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    action();
  }

  press(event) {
    const actions = { Enter: () => this.finish(), Escape: () => this.stop(), Backspace: () => this.takeBack() };
    const isTyping = event.target.closest?.("input, select, textarea");
    const isPressing = event.key === "Enter" && event.target.closest?.("button, a");
    if (actions[event.key] && !isTyping && !isPressing) this.whileDrawing(event, actions[event.key]);
  }

  begin() {
    this.corners = [];
    say(tool.dataset.hint);
    this.show();
  }

  stop() {
    this.corners = null;
    say("");
    this.show();
  }

  show() {
    const isDrawing = Boolean(this.corners);
    document.body.classList.toggle("drawing-area", isDrawing);
    button("draw").setAttribute("aria-pressed", String(isDrawing));
    button("finish").hidden = button("cancel").hidden = !isDrawing;
    this.draw(null);
  }

  // A press close to the last corner is the second half of a double one; a press on the first corner ends.
  add(latlng) {
    const near = (other) => other && this.map.latLngToContainerPoint(latlng).distanceTo(this.map.latLngToContainerPoint(other)) < SAME_PX;
    if (near(this.corners.at(-1))) return;
    if (this.corners.length > 2 && near(this.corners[0])) {
      this.finish();
      return;
    }
    if (this.corners.length < MOST_CORNERS) this.corners.push(latlng);
    else say(tool.dataset.many, true);
    this.draw(null);
  }

  takeBack() {
    this.corners.pop();
    this.draw(null);
  }

  draw(pointer) {
    this.sketch.clearLayers();
    if (!this.corners?.length) return;
    const line = pointer ? [...this.corners, pointer] : this.corners;
    this.sketch.addLayer(L.polygon(line, STYLE));
    for (const corner of this.corners) {
      this.sketch.addLayer(L.circleMarker(corner, { ...STYLE, pane: "markerPane", dashArray: null, radius: 4, fillColor: "#fff", fillOpacity: 1 }));
    }
  }

  finish() {
    const pairs = this.corners.map(({ lat, lng }) => [lng, lat]);
    if (pairs.length < 3) say(tool.dataset.few, true);
    else if (crosses(pairs)) say(tool.dataset.crossing, true);
    else {
      this.stop();
      ask(wktOf(pairs));
    }
  }

  // Shows the area of an address, and looks at it when the page was opened with it.
  follow(parameters) {
    this.shown.clearLayers();
    const polygon = latlngsOf(parameters.get("polygon") ?? "");
    if (polygon) this.shown.addLayer(L.polygon(polygon, STYLE));
    button("remove").hidden = !polygon;
    if (this.isFirst && !parameters.has("at") && polygon) this.map.fitBounds(L.polygon(polygon).getBounds(), { animate: false });
    this.isFirst = false;
  }
}

let started = null;

// Called once, when the map is there; a saved page has no such tool.
export function startArea(map) {
  if (!tool) return;
  started = new AreaTool(map);
  if (window.location.hash === "#draw") started.begin();
}

// Called whenever the address has changed.
export function showArea(parameters) {
  started?.follow(parameters);
}
