// Says how many works are listed whenever the list has changed: a reader of the screen does not see it.

const side = document.getElementById("side");
const said = document.getElementById("said");

function count() {
  return side.querySelector(".found-count")?.textContent.trim() ?? "";
}

export function startAnnouncing() {
  let last = count();
  new MutationObserver(() => {
    const present = count();
    if (present === last) return;
    last = present;
    said.textContent = present;
  }).observe(side, { childList: true, subtree: true, characterData: true });
}
