// Base maps of other servers: nothing is asked of them until the reader chooses one.

import { localBase } from "works/base";
import { toGcj02, toWgs84 } from "works/shifted";

const layers = new Map();

// Public tile servers want to know from where they are asked; the page's own policy would not tell them.
const OPTIONS = { referrerPolicy: "strict-origin-when-cross-origin", detectRetina: false, maxZoom: 18 };

// Tiles in GCJ-02: each lies between where its corners truly are, so that all are right to a pixel.
const ShiftedTiles = L.TileLayer.extend({
  _getTiledPixelBounds(center) {
    return L.TileLayer.prototype._getTiledPixelBounds.call(this, L.latLng(toGcj02(center)));
  },

  _corner(coords) {
    const size = this.getTileSize();
    const shifted = this._map.unproject(coords.scaleBy(size), coords.z);
    return this._map.project(L.latLng(toWgs84(shifted)), coords.z).subtract(this._level.origin).round();
  },

  _getTilePos(coords) {
    return this._corner(coords);
  },

  _addTile(coords, container) {
    L.TileLayer.prototype._addTile.call(this, coords, container);
    const next = coords.add([1, 1]);
    next.z = coords.z;
    const { x, y } = this._corner(next).subtract(this._corner(coords));
    const { el } = this._tiles[this._tileCoordsToKey(coords)];
    el.style.width = `${x}px`;
    el.style.height = `${y}px`;
  },
});

// Called by the script that folium writes, once for each outside map.
export function outsideLayer(code, urls, { shifted, ...options }) {
  const Tiles = shifted ? ShiftedTiles : L.TileLayer;
  const group = L.layerGroup(urls.map((url) => new Tiles(url, { ...OPTIONS, ...options })));
  layers.set(code, group);
  return group;
}

function chosenIn(address) {
  const code = new URL(address).searchParams.get("base");
  return layers.has(code) ? code : "";
}

function remember(code) {
  const address = new URL(window.location.href);
  if (code) address.searchParams.set("base", code);
  else address.searchParams.delete("base");
  window.history.replaceState(window.history.state, "", address);
}

function show(map, chooser, code) {
  for (const [name, group] of layers) {
    if (name === code) map.addLayer(group);
    else map.removeLayer(group);
  }
  if (code) map.removeLayer(localBase());
  else map.addLayer(localBase());
  map.getContainer().classList.toggle("has-outside-base", Boolean(code));
  chooser.elements.base.value = code;
  for (const credit of document.querySelectorAll("[data-base-credit]")) {
    credit.hidden = credit.dataset.baseCredit !== code;
  }
}

// Shows the base map of the address, and the one that is chosen.
export function startBases(map) {
  const chooser = document.getElementById("bases");
  if (!chooser) return;
  show(map, chooser, chosenIn(window.location.href));
  chooser.addEventListener("change", () => {
    remember(chooser.elements.base.value);
    show(map, chooser, chooser.elements.base.value);
  });
  window.addEventListener("popstate", () => show(map, chooser, chosenIn(window.location.href)));
}
