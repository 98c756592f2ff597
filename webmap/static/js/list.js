// The list beside the map: filters ask for it anew, so that list and map always agree.

import { listMarkup } from "works/backend";

const FILTERS = ["q", "theme", "stage", "precision", "document_id"];
const PAUSE_MS = 150;
const form = document.getElementById("filter");

function list() {
  return document.getElementById("list");
}

export function listedIds() {
  return new Set([...list().querySelectorAll("[data-work]")].map((item) => item.dataset.work));
}

export function filtersOf(parameters) {
  return new URLSearchParams(FILTERS.flatMap((name) => {
    const value = parameters.get(name);
    return value ? [[name, value]] : [];
  }));
}

function showInForm(parameters) {
  for (const name of FILTERS) {
    const field = form.elements[name];
    field.value = parameters.get(name) ?? "";
    field.classList.toggle("set", Boolean(field.value));
  }
}

// Replaces the list by what passes the filters; answers false when a later call has overtaken it.
let latest = 0;
export async function fetchList(parameters) {
  const turn = ++latest;
  const markup = await listMarkup(parameters);
  if (!markup || turn !== latest) return false;
  list().outerHTML = markup;
  return true;
}

export function fillForm(parameters) {
  showInForm(parameters);
}

export function markListed(id) {
  for (const item of list().querySelectorAll("[data-work]")) {
    const chosen = item.dataset.work === id;
    if (chosen) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    if (chosen) item.scrollIntoView({ block: "nearest" });
  }
}

// Calls back with the filters, shortly after they have changed.
export function whenFiltered(action) {
  let timer = 0;
  const later = (pause) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => action(filtersOf(new FormData(form))), pause);
  };
  form.addEventListener("input", (event) => later(event.target.type === "search" ? PAUSE_MS : 0));
  for (const field of form.elements) field.addEventListener("change", () => later(0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
}
