// What the reader's system asks of the map: dark colours, no motion, paper.

import { isPhone, settings, still } from "works/settings";

const PAPER_PX = { width: 688, height: 560 };
const light = { stageColours: { ...settings.stageColours }, casing: settings.casing.colour, ink: settings.ink };
const { dark } = settings;

function isDark() {
  return document.documentElement.dataset.colours === "dark";
}

// Works are drawn in the colours of the settings, which change before anything is drawn anew.
function takeColours() {
  const { stageColours, casing, ink } = isDark() ? dark : light;
  Object.assign(settings.stageColours, stageColours);
  settings.casing.colour = casing;
  settings.ink = ink;
}

function pairs({ stageColours, casing }) {
  return [...Object.keys(light.stageColours).map((stage) => stageColours[stage]), casing].map((one) => one.toLowerCase());
}

// From each colour of the other ground to that of the present one.
function translation() {
  const [from, to] = isDark() ? [light, dark] : [dark, light];
  const targets = pairs(to);
  return new Map(pairs(from).map((colour, at) => [colour, targets[at]]));
}

function recolour(layer, colours) {
  if (!(layer instanceof L.Path)) return;
  const { color, fillColor } = layer.options;
  const next = { color: colours.get(color?.toLowerCase()), fillColor: colours.get(fillColor?.toLowerCase()) };
  if (next.color || next.fillColor) layer.setStyle({ color: next.color ?? color, fillColor: next.fillColor ?? fillColor });
}

// A canvas is drawn again in the next frame, which comes too late for paper.
function redrawNow(layer) {
  if (layer instanceof L.Canvas && layer._ctx) layer._redraw();
  if (isOfWorks(layer)) layer._draw();
}

function isOfWorks(layer) {
  return layer instanceof L.Renderer && Boolean(layer._draw && layer.redraw);
}

function repaint(map) {
  const colours = translation();
  map.eachLayer((layer) => {
    recolour(layer, colours);
    if (isOfWorks(layer)) layer.redraw();
  });
}

// On paper the map shows what it shows on the screen, as large as leaves room for the list.
function fitPaper() {
  const chart = document.getElementById("chart");
  const { offsetWidth: width, offsetHeight: height } = chart;
  if (!isPhone()) document.getElementById("legend").open = true;
  chart.style.setProperty("--print-width", `${width}px`);
  chart.style.setProperty("--print-height", `${height}px`);
  chart.style.setProperty("--print-zoom", Math.min(PAPER_PX.width / width, PAPER_PX.height / height).toFixed(4));
}

takeColours();

export function startSurroundings(map) {
  if (still) map.options.zoomAnimation = map._zoomAnimated = false;
  // Works may be off the map while the colours change.
  map.on("layeradd", ({ layer }) => recolour(layer, translation()));
  document.addEventListener("colours", () => {
    takeColours();
    repaint(map);
  });
  window.addEventListener("beforeprint", () => {
    fitPaper();
    map.eachLayer(redrawNow);
  });
}
