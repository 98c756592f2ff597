// All that the page of the map runs, as one file: what the scripts that folium writes call, and what tests ask.

export { startAnnouncing } from "works/announce";
export { baseLayer } from "works/base";
export { startFirstVisit } from "works/first_visit";
export { worksLayer, worksOnMap } from "works/layer";
export { start } from "works/main";
export { outsideLayer, startBases } from "works/outside";
export { settings } from "works/settings";
export { latlngOf } from "works/shapes";
export { startSurroundings } from "works/surroundings";
