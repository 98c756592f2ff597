// Bundles our scripts and styles, so that a page asks for a few files instead of forty: node webmap/bundle.mjs

import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = (name) => fileURLToPath(new URL(name, import.meta.url));

// Scripts name one another as `works/panel`, wherever they lie.
const WORKS = { works: folder("./static/js") };

const SHARED = {
  outdir: folder("./static/built"),
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target: "es2022",
  logLevel: "warning",
};

const pages = {
  ...SHARED,
  entryPoints: ["js/map_page.js", "js/text.js", "css/map_page.css", "css/every_page.css"].map((name) => folder(`./static/${name}`)),
  entryNames: "[name]",
  alias: WORKS,
  sourcemap: true,
};

// A saved page has no server to ask.
const saved = {
  ...SHARED,
  entryPoints: { saved_map: folder("./static/js/map_page.js") },
  alias: { ...WORKS, "works/backend": folder("./static/js/offline.js") },
};

try {
  await Promise.all([build(pages), build(saved)]);
} catch {
  process.exit(1); // esbuild has said where the mistake is
}
