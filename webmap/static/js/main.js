// Puts the page together: the map, the list and the panel always show the same state, the address.

import { addressOf, parametersAtStart, parametersOf } from "works/backend";
import { showArea, startArea } from "works/area";
import { Beside } from "works/beside";
import { drawBadges } from "works/counted";
import { Focus } from "works/focus";
import { loadedWorks, worksOnMap } from "works/layer";
import { startLegend } from "works/legend";
import { closeMenus, fetchList, fillForm, filtersOf, listedIds, listingOf, markListed, whenFiltered, withFilters } from "works/list";
import { closePanel, openPanel, shownOwner, whenClosed } from "works/panel";
import { boundsOfSection, placeOf, sectionOf, standAt } from "works/place";
import { listenToPointer } from "works/pointer";
import { isPhone } from "works/settings";
import { latlngOf, ownerOf } from "works/shapes";
import { startSharing } from "works/share";
import { setHeight, startSheet } from "works/sheet";
import { areAtOnePlace, chooseSite, drawSites, listOf } from "works/sites";

class Page {
  constructor(map) {
    this.map = map;
    this.works = worksOnMap();
    this.focus = new Focus(map);
    this.beside = new Beside(this);
    this.focus.onHover = (shape) => this.beside.light(shape && ownerOf(shape));
    this.badges = L.layerGroup().addTo(map);
    this.sites = L.layerGroup().addTo(map);
    this.shapes = new Map();
    this.visible = [];
    this.symbols = [];
    this.chosenId = null;
    this.parameters = listingOf(parametersAtStart());
  }

  // Shows what the address names: a place, else the chosen work, else the section, else the city.
  stand(address) {
    const section = boundsOfSection(address.get("bbox"));
    if (standAt(this.map, address.get("at"))) return;
    if (section) this.map.fitBounds(section, { animate: false });
    else this.focus.home();
  }

  async load() {
    await loadedWorks(() => { document.getElementById("notice").hidden = false; });
    this.shapes = this.works.shapes;
    listenToPointer(this.map, this.works, {
      onHover: (shape, at) => this.focus.hover(shape, at),
      onPress: (found) => this._pressed(found),
    });
    this._show();
    this.map.on("zoomend", () => this._spread());
    this._whenMoved(() => this._moved());
  }

  // Calls back when a person has moved the map, and not the page or the size of its window.
  _whenMoved(action) {
    let isMoved = false;
    this.map.on("dragstart zoomstart keydown", () => { isMoved = !this.focus.steering; });
    this.map.on("moveend", () => {
      if (isMoved) action();
      isMoved = false;
    });
  }

  // A person has moved the map: its place belongs to the address, and to the filter that follows it.
  _moved() {
    const address = parametersOf(window.location.href);
    address.set("at", placeOf(this.map));
    window.history.replaceState(null, "", addressOf(address));
    if (document.getElementById("follow")?.checked) this.followMap(true);
  }

  // Lists only what the map shows, or all again.
  followMap(isFollowing) {
    const filters = filtersOf(parametersOf(window.location.href));
    if (isFollowing) filters.set("bbox", sectionOf(this.map));
    else filters.delete("bbox");
    return this.filter(filters, true);
  }

  _pressed(found) {
    if (found?.cluster) this._open({ ...found.cluster, at: latlngOf(found.cluster.shownX, found.cluster.shownY) });
    else this.go({ work: found?.shape.work.work_id ?? null });
  }

  _visible() {
    const ids = listedIds();
    return [...this.shapes.values()].filter((shape) => ids.has(ownerOf(shape)));
  }

  _show() {
    this.visible = this._visible();
    this.beside.dim(listedIds());
    this._spread();
    this._badges();
  }

  _spread() {
    const sites = this.visible.filter((shape) => shape.work.part_of);
    const { symbols, singles } = drawSites(this.sites, sites, 2 ** this.map.getZoom(), (several) => this._open(several));
    this.symbols = symbols;
    // Sites first: what comes first stays where it is.
    this.works.arrange([...singles, ...this.visible.filter((shape) => !shape.work.part_of)], symbols);
    this._emphasise();
  }

  _emphasise() {
    const own = this.visible.filter((shape) => shape.work.part_of && shape.work.part_of === this.chosenId);
    chooseSite(this.symbols, this.chosenId);
    this.focus.choose(this.shapes.get(this.chosenId), own);
  }

  _badges() {
    const counted = this.visible.filter((shape) => shape.work.precision === "city");
    drawBadges(this.badges, counted, this.chosenId, {
      onBadge: (group) => this._press(group),
      onHover: (shape) => this.focus.hover(shape),
    });
  }

  // Opens the list of what shares a place; goes nearer to what only lies close together.
  _open({ at, shapes }) {
    if (!areAtOnePlace(shapes) && this.map.getZoom() < this.map.getMaxZoom()) {
      this.focus.bringNearer(shapes);
      return;
    }
    const content = listOf(shapes, (id) => this.shapes.get(id)?.work.name ?? "");
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
    const next = parametersOf(window.location.href);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    window.history.pushState(null, "", addressOf(next));
    return this.follow({ fit: "work" in change });
  }

  // Changes the filters; what comes of typing or moving on replaces the last state.
  async filter(parameters, isContinued = false) {
    const address = parametersOf(window.location.href);
    const next = withFilters(address, parameters);
    const isSame = filtersOf(address).size > 0 && isContinued;
    window.history[isSame ? "replaceState" : "pushState"](null, "", addressOf(next));
    await this.follow({ fit: false });
  }

  // Lists more of the same works.
  async more(rows) {
    const asked = new URLSearchParams(this.parameters);
    asked.set("rows", rows);
    await fetchList(asked);
  }

  // Goes to the state of an address that the browser's history has come back to.
  return() {
    const place = parametersOf(window.location.href).get("at");
    if (place && place !== placeOf(this.map)) this.focus.steer(() => standAt(this.map, place));
    return this.follow({ fit: !place });
  }

  async follow({ fit }) {
    const search = parametersOf(window.location.href);
    const asked = listingOf(search);
    showArea(asked);
    if (asked.toString() !== this.parameters.toString()) {
      this.parameters = asked;
      fillForm(asked);
      if (await fetchList(asked)) this._show();
    }
    this.beside.arrange(search);
    await this._choose(search.get("work"), fit);
    await this.beside.follow(search, shownOwner() ?? this.chosenId);
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
    const link = event.target.closest("a[data-work], a[data-filter], a[data-more], a[data-near], a[data-state]");
    if (!link || !isPlainClick(event)) return;
    event.preventDefault();
    if (link.dataset.work) page.go({ work: link.dataset.work });
    else if (link.dataset.more) page.more(link.dataset.more);
    else if (link.dataset.near) openPanel(page.chosenId, link.dataset.near);
    else if (link.dataset.state) page.beside.press(link);
    else {
      if (isPhone() && !link.closest("#legend")) setHeight("half");
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
  page.stand(parametersOf(window.location.href));
  startArea(map);
  startSheet();
  startSharing();
  startLegend();
  listenToLinks(page);
  whenFiltered((parameters, isTyped) => page.filter(parameters, isTyped));
  closeMenus();
  document.addEventListener("change", ({ target }) => { if (target.id === "follow") page.followMap(target.checked); });
  whenClosed(() => page.go({ work: null }));
  window.addEventListener("popstate", () => page.return());
  await page.load();
  await page.follow({ fit: !parametersOf(window.location.href).has("at") });
  ready();
}
