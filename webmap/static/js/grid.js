// Finds what lies in a box among very many things that have a box each: left, top, right, bottom.

const CELL_PX = 128;
const MOST_CELLS = 16;

function overlaps(one, other) {
  return one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3];
}

export class Grid {
  // `scale` is the number of pixels to a unit of the boxes.
  constructor(things, scale) {
    this.size = CELL_PX / scale;
    this.cells = new Map();
    this.wide = [];
    this.turn = 0;
    things.forEach((thing, order) => this._take({ thing, order, box: thing.box, seen: 0 }));
  }

  _spanOf([left, top, right, bottom]) {
    return [left, top, right, bottom].map((edge) => Math.floor(edge / this.size));
  }

  _take(entry) {
    const [left, top, right, bottom] = this._spanOf(entry.box);
    if ((right - left + 1) * (bottom - top + 1) > MOST_CELLS) {
      this.wide.push(entry);
      return;
    }
    for (let x = left; x <= right; x += 1) {
      for (let y = top; y <= bottom; y += 1) this._cell(x, y, true).push(entry);
    }
  }

  _cell(x, y, isNew = false) {
    const key = x * 67108864 + y;
    if (isNew && !this.cells.has(key)) this.cells.set(key, []);
    return this.cells.get(key) ?? [];
  }

  // Gives the things whose box meets a box, in their order.
  search(box) {
    const turn = ++this.turn;
    const found = this.wide.filter((entry) => overlaps(entry.box, box));
    const [left, top, right, bottom] = this._spanOf(box);
    for (let x = left; x <= right; x += 1) {
      for (let y = top; y <= bottom; y += 1) {
        for (const entry of this._cell(x, y)) {
          if (entry.seen === turn || !overlaps(entry.box, box)) continue;
          entry.seen = turn;
          found.push(entry);
        }
      }
    }
    return found.sort((one, other) => one.order - other.order).map((entry) => entry.thing);
  }
}
