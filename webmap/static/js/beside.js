// The plan beside the map: its text or its ledger, as the address asks for.

import { markupAt, parametersOf } from "works/backend";
import { listedIds } from "works/list";
import { MarkedText } from "works/text";

// Where the server gives each view, and which parameters of the address it is made from.
const VIEWS = {
  text: { path: "text", made: ["script"] },
  ledger: { path: "clauses", made: ["script", "fate", "reason", "section", "q", "page"] },
};
const NARROW_PX = 720;
const chart = document.getElementById("chart");
const legend = document.getElementById("legend");
const pane = document.getElementById("beside");
const body = document.getElementById("beside-body");

// A narrow map is not hidden by its legend.
function makeRoom() {
  if (chart.clientWidth < NARROW_PX) legend.open = false;
}

export class Beside {
  constructor(page) {
    this.page = page;
    this.turn = 0;
    this.shown = null;
    if (!pane) return;
    this.text = new MarkedText(body, body);
    this.text.onHover = (id) => page.focus.hover(page.shapes.get(id));
    if (pane.hidden) return;
    this._keep(parametersOf(window.location.href));
    makeRoom();
  }

  // Opens or closes the pane, before the map is moved.
  arrange(search) {
    if (!pane) return;
    const isHidden = !VIEWS[search.get("view")];
    for (const link of pane.querySelectorAll(".beside-views a")) {
      const isShown = parametersOf(link.href).get("view") === search.get("view");
      if (isShown) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (pane.hidden === isHidden) return;
    pane.hidden = isHidden;
    this.page.map.invalidateSize({ pan: false });
    if (!isHidden) makeRoom();
  }

  // Shows what the address asks for, and the words of the chosen work.
  async follow(search, chosenId) {
    if (!pane || pane.hidden) return;
    if (this._key(search) !== this.shown) await this._load(search);
    await this.text.choose(chosenId);
  }

  light(id) {
    this.text?.light(id);
  }

  dim(ids) {
    this.text?.dim(ids);
  }

  // Follows a link that changes the parameters which it names.
  async press(link) {
    const asked = parametersOf(link.href);
    const names = link.dataset.state.split(" ");
    const at = [...body.querySelectorAll("a")].indexOf(document.activeElement);
    await this.page.go(Object.fromEntries(names.map((name) => [name, asked.get(name)])));
    const { hash } = new URL(link.href);
    if (hash) this.text?.reveal(hash.slice(1));
    else if (!link.isConnected && at >= 0) this._focus(link.rel ? -1 : at);
  }

  // What had the focus has been replaced: the same link has it again, or the whole where it turned a page.
  _focus(at) {
    const link = body.querySelectorAll("a")[at] ?? body;
    link.focus({ preventScroll: true });
  }

  _document(search) {
    const chosen = document.querySelector("#detail-body [data-document]");
    return search.get("document_id") || chosen?.dataset.document || pane.dataset.document;
  }

  _key(search) {
    const view = search.get("view");
    const values = VIEWS[view].made.map((name) => search.get(name) ?? "");
    return JSON.stringify([view, this._document(search), ...values]);
  }

  _keep(search) {
    this.shown = this._key(search);
    this.text.take();
  }

  async _load(search) {
    const turn = ++this.turn;
    const { path } = VIEWS[search.get("view")];
    const id = this._document(search);
    body.setAttribute("aria-busy", "true");
    const markup = await markupAt(`documents/${encodeURIComponent(id)}/${path}?${search}`);
    if (turn !== this.turn) return;
    body.removeAttribute("aria-busy");
    if (!markup) {
      document.getElementById("notice").hidden = false;
      return;
    }
    body.innerHTML = markup;
    body.scrollTop = 0;
    pane.dataset.document = id;
    this._keep(search);
    this.text.dim(listedIds());
  }
}
