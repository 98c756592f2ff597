// The panel of the chosen work: its details come from the server as markup that is escaped there.

import { panelMarkup, parametersAtStart } from "works/backend";

const panel = document.getElementById("detail");
const body = document.getElementById("detail-body");
let opener = null;
let shownScript = parametersAtStart().get("script");

function shownWork() {
  return panel.hidden ? null : body.querySelector("[data-work]")?.dataset.work;
}

// The counted work of the site that is shown, or null.
export function shownOwner() {
  return panel.hidden ? null : body.querySelector("[data-part-of]")?.dataset.partOf ?? null;
}

// Opens the panel; answers whether there is such a work. `near` is how far its neighbours may be.
export async function openPanel(id, near = "") {
  const script = parametersAtStart().get("script");
  const isSame = shownWork() === id;
  if (isSame && shownScript === script && !near) return true;
  const markup = await panelMarkup(id, near);
  if (!markup) return false;
  opener ??= document.activeElement;
  shownScript = script;
  body.innerHTML = markup;
  if (near) body.querySelector("[aria-current][data-near]")?.focus();
  if (isSame) return true;
  panel.hidden = false;
  panel.scrollTop = 0;
  body.querySelector("h1").focus({ preventScroll: true });
  return true;
}

export function closePanel() {
  if (panel.hidden) return;
  panel.hidden = true;
  body.replaceChildren();
  opener?.focus?.({ preventScroll: true });
  opener = null;
}

export function whenClosed(action) {
  panel.querySelector(".close").addEventListener("click", action);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) action();
  });
}
