// The sentence of a first visit, until it is understood; and the notice of what could not be loaded.

const KEY = "welcomed";
const welcome = document.getElementById("welcome");
const notice = document.getElementById("notice");

function isKnown() {
  try {
    return Boolean(window.localStorage.getItem(KEY));
  } catch {
    return true;
  }
}

function dismiss() {
  welcome.hidden = true;
  try {
    window.localStorage.setItem(KEY, "yes");
  } catch { /* then it comes again */ }
}

// What could not be asked of the server is said, whatever asked for it.
function say() {
  notice.hidden = false;
}

export function startFirstVisit() {
  // A link to one work, or a frame in another page, is no first visit of the map.
  welcome.hidden = isKnown() || window.location.search.includes("work=") || window.self !== window.top;
  welcome.querySelector("button").addEventListener("click", dismiss);
  document.getElementById("retry").addEventListener("click", () => window.location.reload());
  document.addEventListener("unreached", say);
}
