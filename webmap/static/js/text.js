// The plan's words: a hovered or focused word lights all words of its work; a long text comes part by part.

import { markupAt } from "works/backend";

const AHEAD_PX = 1200;

// About how high a part will be, by the number of its characters: most are as wide as they are high.
function heightOf(part) {
  const { fontSize, lineHeight } = getComputedStyle(part);
  const characters = part.clientWidth / parseFloat(fontSize);
  return Math.ceil(part.dataset.length / characters) * parseFloat(lineHeight);
}

// The place that the address names behind its hash; "" where it names none that can be.
function placeInAddress() {
  try {
    return decodeURIComponent(window.location.hash.slice(1));
  } catch {
    return "";
  }
}

export class MarkedText {
  // `root` holds the text, `scroller` is what scrolls it (null for the page itself).
  constructor(root, scroller = null) {
    this.root = root;
    this.scroller = scroller;
    this.onHover = () => {};
    this.marks = new Map();
    this.lit = [];
    this.listed = null;
    this.chosenId = null;
    this.loading = new Map();
    this.watcher = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) this._load(target);
    }, { root: scroller, rootMargin: `${AHEAD_PX}px 0px` });
    for (const name of ["mouseover", "focusin"]) root.addEventListener(name, (event) => this._over(event.target));
    for (const name of ["mouseleave", "focusout"]) root.addEventListener(name, () => this._over(null));
    window.addEventListener("hashchange", () => this.reveal(placeInAddress()));
  }

  // Takes up what now stands in the root.
  take() {
    this.watcher.disconnect();
    this.marks.clear();
    this.lit = [];
    this._index(this.root);
    for (const part of this.root.querySelectorAll(".unloaded")) {
      part.style.minHeight = `${heightOf(part)}px`;
      this.watcher.observe(part);
    }
  }

  light(id) {
    for (const mark of this.lit) mark.classList.remove("lit");
    this.lit = this.marks.get(id) ?? [];
    for (const mark of this.lit) mark.classList.add("lit");
  }

  // Words of works that do not pass the filters step back.
  dim(ids) {
    this.listed = ids;
    this._dim(this.root);
  }

  // Marks the words of the chosen work and brings them into view, if they are not.
  async choose(id) {
    for (const mark of this.marks.get(this.chosenId) ?? []) mark.removeAttribute("aria-current");
    this.chosenId = id;
    if (!id) return;
    if (!this.marks.has(id)) await this._load(this._partOf(`work-${id}`));
    const words = this.marks.get(id) ?? [];
    for (const mark of words) mark.setAttribute("aria-current", "true");
    if (words.length && !words.some((mark) => this._isSeen(mark))) words[0].scrollIntoView({ block: "center" });
  }

  // Scrolls to a work, clause or section by the name of its place.
  async reveal(name) {
    if (!name) return;
    if (!this._place(name)) await this._load(this._partOf(name));
    const place = this._place(name);
    this.root.querySelector(".target")?.classList.remove("target");
    place?.classList.add("target");
    place?.scrollIntoView({ block: name.startsWith("section-") ? "start" : "center" });
  }

  _over(element) {
    const id = element?.closest?.("[data-works]")?.dataset.work ?? null;
    this.onHover(id);
    this.light(id);
  }

  _index(root) {
    for (const mark of root.querySelectorAll("[data-works]")) {
      for (const id of mark.dataset.works.split(" ")) {
        if (this.marks.has(id)) this.marks.get(id).push(mark);
        else this.marks.set(id, [mark]);
      }
    }
  }

  _dim(root) {
    if (!this.listed) return;
    for (const mark of root.querySelectorAll("[data-works]")) {
      mark.classList.toggle("dimmed", !mark.dataset.works.split(" ").some((id) => this.listed.has(id)));
    }
  }

  _place(name) {
    return this.root.querySelector(`#${CSS.escape(name)}`);
  }

  _partOf(name) {
    const [, kind, id] = /^(work|clause|section)-(.*)$/.exec(name) ?? [];
    return [...this.root.querySelectorAll(".unloaded")].find(({ dataset }) => {
      if (kind === "work") return dataset.holds.split(" ").includes(id);
      if (kind === "section") return dataset.sections.split(" ").includes(id);
      const [first, last] = dataset.clauses.split(" ").map(Number);
      return kind === "clause" && first && first <= Number(id) && Number(id) <= last;
    });
  }

  // Loads a part once, however often it is asked for.
  _load(part) {
    if (!part) return Promise.resolve();
    if (!this.loading.has(part)) this.loading.set(part, this._replace(part));
    return this.loading.get(part);
  }

  async _replace(part) {
    this.watcher.unobserve(part);
    const template = document.createElement("template");
    template.innerHTML = await markupAt(part.dataset.source);
    const loaded = template.content.querySelector(".part");
    if (loaded && part.isConnected) {
      this._put(loaded, part);
      this._index(loaded);
      this._dim(loaded);
    }
    this.loading.delete(part);
  }

  // Puts a part in its place; what is in view stays where it is, though the part had another height.
  _put(loaded, part) {
    const { bottom } = part.getBoundingClientRect();
    const before = part.offsetHeight;
    part.replaceWith(loaded);
    const height = loaded.offsetHeight;
    loaded.style.containIntrinsicSize = `auto ${height}px`;
    loaded.classList.add("measured");
    if (bottom <= this._frame().top) (this.scroller ?? document.scrollingElement).scrollTop += height - before;
  }

  _isSeen(mark) {
    const { top, bottom } = mark.getBoundingClientRect();
    const frame = this._frame();
    return bottom > frame.top && top < frame.bottom;
  }

  // What of the window shows the text.
  _frame() {
    const { top, bottom } = (this.scroller ?? this.root).getBoundingClientRect();
    return { top: Math.max(top, 0), bottom: Math.min(bottom, window.innerHeight) };
  }
}

// A plan on a page of its own.
export function startReading(root) {
  const text = new MarkedText(root);
  text.take();
  text.reveal(placeInAddress());
}
