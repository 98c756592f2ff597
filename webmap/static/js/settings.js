// What the server tells the map: colours, drawing and words in the page's language.

// A page without a map has none.
export const settings = JSON.parse(document.getElementById("settings")?.textContent ?? "{}");

// Text on the map is set in the fonts of the page.
settings.font = window.getComputedStyle(document.documentElement).fontFamily;

export const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const narrow = window.matchMedia("(max-width: 767px)");

export function isPhone() {
  return narrow.matches;
}

// An element with a class and text; text is always set as text, never as markup.
export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
