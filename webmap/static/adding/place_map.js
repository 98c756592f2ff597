// The small map of a work's form: places to choose from, and a place drawn by hand.

const data = JSON.parse(document.getElementById("place-data").textContent);
const form = document.querySelector("form.correct");
const drawn = form.elements.drawn;
const box = document.getElementById("place-map");

const BASE = {
  district: { color: "#b9b1a3", weight: 1, fillColor: "#f8f6f1", fillOpacity: 1 },
  water: { stroke: false, fillColor: "#cddfe9", fillOpacity: 1 },
  stream: { color: "#b5cfdd", weight: 2, fill: false },
  metro: { color: "#a39a8c", weight: 1.2, fill: false },
};
const QUIET = { color: "#5d584f", weight: 3, fillOpacity: 0.08, dashArray: "4 4", radius: 7 };
const CHOSEN = { color: "#0b5a96", weight: 5, fillOpacity: 0.25, dashArray: null, radius: 10 };
const PRESENT = { color: "#8f3a00", weight: 3, fillOpacity: 0.12, radius: 7, dashArray: null };
const KINDS = {
  point: { handler: L.Draw.Marker, multi: "MultiPoint", options: { icon: dot() } },
  line: { handler: L.Draw.Polyline, multi: "MultiLineString", options: { showLength: false, shapeOptions: { color: CHOSEN.color, weight: 4 } } },
  area: { handler: L.Draw.Polygon, multi: "MultiPolygon", options: { showArea: false, allowIntersection: false, shapeOptions: { color: CHOSEN.color, weight: 3 } } },
};

function dot() {
  return L.divIcon({ className: "drawn-point", iconSize: [16, 16] });
}

function speak({ point, line, close, crossing }) {
  const words = L.drawLocal.draw.handlers;
  words.marker.tooltip.start = point;
  Object.assign(words.polyline.tooltip, { start: line, cont: line, end: line });
  Object.assign(words.polygon.tooltip, { start: close, cont: close, end: close });
  words.polyline.error = "";
  KINDS.area.options.drawError = { color: "#b00020", message: crossing };
}

function shapeOf(geometry, style) {
  return L.geoJSON(geometry, { style, pointToLayer: (_, at) => L.circleMarker(at, style) });
}

async function drawBase(map) {
  const response = await fetch(data.base);
  if (!response.ok) return;
  const { features } = await response.json();
  const renderer = L.canvas({ pane: "tilePane", padding: 0.5 });
  const order = Object.keys(BASE);
  features.sort((a, b) => order.indexOf(a.properties.role) - order.indexOf(b.properties.role));
  const land = L.geoJSON(features, { renderer, interactive: false, pane: "tilePane", style: (one) => BASE[one.properties.role] });
  land.addTo(map);
  for (const { properties } of features.filter((one) => one.properties.label)) {
    const name = document.createElement("span");
    name.textContent = data.language === "zh-Hant" ? properties.name : properties.name_hans;
    L.marker(L.GeoJSON.coordsToLatLng(properties.label), {
      icon: L.divIcon({ html: name, className: "place-name", iconSize: null }), interactive: false, keyboard: false,
    }).addTo(map);
  }
  return land.getBounds();
}

class PlaceMap {
  constructor() {
    box.parentElement.hidden = false;
    this.map = L.map(box, { attributionControl: false, zoomSnap: 0.25 });
    this.map.setView([31.5, 120.3], 9);
    this.present = data.present && shapeOf(data.present, PRESENT).addTo(this.map);
    this.candidates = new Map(Object.entries(data.places).map(([id, geometry]) => [id, this._candidate(id, geometry)]));
    this.own = L.featureGroup().addTo(this.map);
    this.map.on(L.Draw.Event.CREATED, ({ layer, layerType }) => this._take(layer, layerType));
  }

  async load() {
    const land = await drawBase(this.map);
    this._fit(land);
    this.show();
    box.dataset.ready = "true";
  }

  _fit(land) {
    const groups = [...this.candidates.values(), ...(this.present ? [this.present] : [])];
    const bounds = L.latLngBounds(groups.map((one) => one.getBounds()));
    if (bounds.isValid()) this.map.fitBounds(bounds.pad(0.3), { maxZoom: 13, animate: false });
    else if (land?.isValid()) this.map.fitBounds(land, { animate: false });
  }

  _candidate(id, geometry) {
    return shapeOf(geometry, QUIET).on("click", () => this._choose(id)).addTo(this.map);
  }

  // While a person draws, a click on a place is a corner of the drawing.
  _choose(id) {
    if (this.handler?.enabled()) return;
    const radio = [...form.elements.place].find((one) => one.value === id);
    radio.checked = true;
    this.show();
  }

  show() {
    const chosen = form.elements.place.value;
    for (const [id, shape] of this.candidates) shape.setStyle(id === chosen ? CHOSEN : QUIET);
    this.candidates.get(chosen)?.bringToFront();
    if (chosen === "drawn") this.own.addTo(this.map);
    else this.own.remove();
  }

  draw(kind) {
    this.handler?.disable();
    if (kind === "clear") {
      this._clear();
      return;
    }
    const { handler: Handler, options } = KINDS[kind];
    form.elements.place.value = "drawn";
    this.show();
    this.handler = new Handler(this.map, options);
    this.handler.enable();
  }

  _clear() {
    this.own.clearLayers();
    this.kind = null;
    drawn.value = "";
  }

  // Several points, or several lines, or several areas are one place; another kind begins anew.
  _take(layer, layerType) {
    const kind = { marker: "point", polyline: "line", polygon: "area" }[layerType];
    if (kind !== this.kind) this._clear();
    this.kind = kind;
    this.own.addLayer(layer);
    const parts = this.own.getLayers().map((one) => one.toGeoJSON(6).geometry.coordinates);
    drawn.value = JSON.stringify({ type: KINDS[kind].multi, coordinates: parts });
  }
}

speak(data.texts);
const page = new PlaceMap();
form.querySelector(".draw-tools").hidden = false;
form.addEventListener("change", ({ target }) => { if (target.name === "place") page.show(); });
form.addEventListener("click", ({ target }) => { if (target.dataset.draw) page.draw(target.dataset.draw); });
drawn.addEventListener("input", () => { form.elements.place.value = "drawn"; page.show(); });
page.load();
