// What a pointer does to the works on the canvas: hovering names one, a press chooses it.

import { isPhone } from "works/settings";

const FINGER_PX = 8;
const OTHERS = "button, a, .leaflet-popup, .leaflet-control, .leaflet-interactive";

function wider() {
  return isPhone() ? FINGER_PX : 0;
}

// Calls `onHover` with a shape and where the pointer is (null for none), and `onPress` with what was pressed.
export function listenToPointer(map, layer, { onHover, onPress }) {
  let latest = null;
  let hovered = null;
  let frame = null;

  const isOthers = ({ originalEvent: { target } }) => Boolean(target.closest?.(OTHERS));

  function hover(found, at) {
    map.getContainer().classList.toggle("over-work", Boolean(found));
    const shape = found?.shape ?? null;
    if (shape || hovered) onHover(shape, at);
    hovered = shape;
  }

  function look() {
    frame = null;
    if (latest) hover(isOthers(latest) ? null : layer.hit(latest.latlng, 0), latest.latlng);
  }

  map.on("mousemove", (event) => {
    if (map.dragging.moving()) return;
    latest = event;
    frame ??= window.requestAnimationFrame(look);
  });
  map.on("mouseout", () => {
    latest = null;
    hover(null, null);
  });
  map.on("click", (event) => {
    if (!isOthers(event)) onPress(layer.hit(event.latlng, wider()));
  });
}
