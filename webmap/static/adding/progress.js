// Shows how far a draft is, again and again, and loads the page anew when the work on it has ended.

const PAUSE_MS = 500;

function box() {
  return document.getElementById("progress");
}

// The list grows at its end: keep the end in view, unless a person has scrolled up.
function replace(markup) {
  const before = box().querySelector("ol");
  const atEnd = !before || before.scrollHeight - before.scrollTop - before.clientHeight < 40;
  box().outerHTML = markup;
  const list = box().querySelector("ol");
  if (list && atEnd) list.scrollTop = list.scrollHeight;
}

async function look() {
  let ended = false;
  try {
    const response = await fetch(`${window.location.pathname}/progress`);
    if (response.ok) replace(await response.text());
    ended = !response.ok || box().dataset.state !== "working";
  } catch {
    // The server may be away for a moment: ask again.
  }
  if (ended) window.location.reload();
  else window.setTimeout(look, PAUSE_MS);
}

window.setTimeout(look, PAUSE_MS);
