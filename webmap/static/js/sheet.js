// The bottom sheet of a phone: three heights, by a press on its grip or by dragging it.

const HEIGHTS = ["peek", "half", "full"];
const DRAG_PX = 24;
const side = document.getElementById("side");
const grip = side.querySelector(".grip");

export function setHeight(height) {
  side.dataset.height = height;
  grip.setAttribute("aria-expanded", String(height !== "peek"));
}

function step(by) {
  const at = HEIGHTS.indexOf(side.dataset.height) + by;
  setHeight(HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, at))]);
}

export function startSheet() {
  let from = null;
  let dragged = false;
  setHeight(side.dataset.height);
  grip.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    dragged = false;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => {
    if (from === null || Math.abs(event.clientY - from) < DRAG_PX) return;
    step(event.clientY < from ? 1 : -1);
    from = event.clientY;
    dragged = true;
  });
  grip.addEventListener("pointerup", () => { from = null; });
  grip.addEventListener("click", () => {
    if (dragged) return;
    setHeight(side.dataset.height === "peek" ? "half" : side.dataset.height === "half" ? "full" : "peek");
  });
}
