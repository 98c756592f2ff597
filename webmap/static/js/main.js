// Puts the page together: the map, the list and the panel always show the same state, the address.

import { addressOf, parametersAtStart, parametersOf } from "works/backend";
import { showArea, startArea } from "works/area";
import { drawBadges } from "works/counted";
import { Focus } from "works/focus";
import { loadedShapes, ownerOf, showOnly } from "works/layer";
import { fetchList, fillForm, filtersOf, listedIds, markListed, whenFiltered } from "works/list";
import { closePanel, openPanel, shownOwner, whenClosed } from "works/panel";
import { isPhone } from "works/settings";
import { setHeight, startSheet } from "works/sheet";
import { chooseSite, drawSites } from "works/sites";
import { spreadMarks } from "works/spread";

class Page {
  constructor(map) {
    this.map = map;
    this.focus = new Focus(map);
    this.badges = L.layerGroup().addTo(map);
    this.sites = L.layerGroup().addTo(map);
    this.shapes = new Map();
    this.siteMarks = [];
    this.chosenId = null;
    this.parameters = filtersOf(parametersAtStart());
  }

  async load() {
    this.shapes = await loadedShapes(() => { document.getElementById("notice").hidden = false; });
    for (const shape of this.shapes.values()) this._listen(shape);
    this._show();
    this.map.on("zoomend", () => this._spread());
  }

  _listen(shape) {
    shape.group.on("mouseover", () => this.focus.hover(shape));
    shape.group.on("mouseout", () => this.focus.hover(null));
    shape.group.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      this.go({ work: shape.work.work_id });
    });
  }

  _visible() {
    const ids = listedIds();
    return [...this.shapes.values()].filter((shape) => ids.has(ownerOf(shape)));
  }

  _show() {
    showOnly(listedIds());
    this._spread();
    this._badges();
  }

  _spread() {
    const visible = this._visible();
    const sites = visible.filter((shape) => shape.work.part_of);
    this.siteMarks = drawSites(this.sites, this.map, sites, (several) => this._open(several));
    const works = visible.filter((shape) => !shape.work.part_of);
    // Sites first: what comes first stays where it is.
    spreadMarks(this.map, [...this.siteMarks, ...works.flatMap((shape) => shape.marks)]);
    this._emphasise();
  }

  _emphasise() {
    const own = this._visible().filter((shape) => shape.work.part_of === this.chosenId);
    chooseSite(this.siteMarks, this.chosenId);
    this.focus.choose(this.shapes.get(this.chosenId), this.chosenId ? own : []);
  }

  _badges() {
    const counted = this._visible().filter((shape) => shape.work.precision === "city");
    drawBadges(this.badges, counted, this.chosenId, (group) => this._press(group));
  }

  // Opens the list of sites that share a place; goes nearer to those that only lie close together.
  _open({ at, shapes, isOnePlace, list }) {
    if (!isOnePlace && this.map.getZoom() < this.map.getMaxZoom()) {
      this.focus.bringNearer(shapes);
      return;
    }
    const content = list((id) => this.shapes.get(id)?.work.name ?? "");
    L.popup({ offset: [0, -6], maxWidth: 280 }).setLatLng(at).setContent(content).openOn(this.map);
  }

  _press(group) {
    if (group.length === 1) {
      this.go({ work: group[0].work.work_id });
      return;
    }
    if (isPhone()) setHeight("half");
    document.getElementById("counted")?.scrollIntoView({ block: "start" });
    this.focus.hover(group[0]);
  }

  // Changes the state by its address; the one way in for clicks, keys and the browser's history.
  go(change) {
    const next = new URLSearchParams(this.parameters);
    if (change.work) next.set("work", change.work);
    window.history.pushState(null, "", addressOf(next));
    return this.follow({ fit: true });
  }

  async filter(parameters) {
    const next = new URLSearchParams(parameters);
    if (this.chosenId) next.set("work", this.chosenId);
    window.history.replaceState(null, "", addressOf(next));
    await this.follow({ fit: false });
  }

  async follow({ fit }) {
    const search = parametersOf(window.location.href);
    const filters = filtersOf(search);
    showArea(filters);
    if (filters.toString() !== this.parameters.toString()) {
      this.parameters = filters;
      fillForm(filters);
      if (await fetchList(filters)) this._show();
    }
    await this._choose(search.get("work"), fit);
  }

  async _choose(id, fit) {
    const found = id && await openPanel(id);
    this.chosenId = found ? id : null;
    if (!found) closePanel();
    this.map.closePopup();
    const shape = this.shapes.get(this.chosenId);
    this._emphasise();
    this._badges();
    markListed(shownOwner() ?? this.chosenId);
    if (shape && fit) this.focus.bringIntoView(shape);
  }
}

function isPlainClick(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function listenToLinks(page) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-work], a[data-filter]");
    if (!link || !isPlainClick(event)) return;
    event.preventDefault();
    if (link.dataset.work) page.go({ work: link.dataset.work });
    else {
      if (isPhone()) setHeight("half");
      page.filter(filtersOf(parametersOf(link.href)));
    }
  });
  document.addEventListener("mouseover", (event) => {
    const item = event.target.closest?.(".side [data-work], .sites [data-work], .site-list [data-work]");
    if (item) page.focus.hover(page.shapes.get(item.dataset.work));
    else if (event.target.closest?.(".side, .detail, .site-list")) page.focus.hover(null);
  });
}

function ready() {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    performance.mark("works-ready");
    document.documentElement.dataset.ready = "true";
  }));
}

// Called at the end of the script that folium writes.
export async function start(map) {
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  document.getElementById("legend").open = !isPhone();
  const page = new Page(map);
  page.focus.home();
  startArea(map);
  startSheet();
  listenToLinks(page);
  whenFiltered((parameters) => page.filter(parameters));
  whenClosed(() => page.go({ work: null }));
  map.on("click", () => page.go({ work: null }));
  window.addEventListener("popstate", () => page.follow({ fit: false }));
  await page.load();
  await page.follow({ fit: true });
  ready();
}
