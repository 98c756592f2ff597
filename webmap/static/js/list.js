// Filters and list beside the map: a change asks for both anew, so that they and the map always agree.

import { listMarkup } from "works/backend";
import { settings } from "works/settings";

const LISTED = ["sort", "order", "rows"];
const form = document.getElementById("filter");

function list() {
  return document.getElementById("list");
}

// The ids of the works that pass, as something that can be asked.
export function listedIds() {
  const ids = document.getElementById("found-ids").value;
  return ids === "*" ? { has: () => true } : new Set(ids.split(" "));
}

function only(parameters, names) {
  const pairs = names.flatMap((name) => parameters.getAll(name).filter(Boolean).map((value) => [name, value]));
  return new URLSearchParams(pairs);
}

// What of an address chooses works.
export function filtersOf(parameters) {
  return only(parameters, settings.filters);
}

// What of an address the list depends on.
export function listingOf(parameters) {
  return only(parameters, [...settings.filters, ...LISTED]);
}

// What of an address stays when its filters change.
export function withFilters(address, filters) {
  const next = new URLSearchParams(filters);
  for (const [name, value] of address) {
    if (name !== "rows" && !next.has(name) && !settings.filters.includes(name) && value) next.append(name, value);
  }
  return next;
}

// Two parts of the page that stand for each other: what was open, scrolled or focused stays so.
function swap(old, next) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  for (const menu of old.querySelectorAll("details[open]")) {
    const same = next.querySelector(`[data-facet="${CSS.escape(menu.dataset.facet ?? "")}"]`);
    if (same) same.open = true;
  }
  const scrolled = old.querySelector("details[open] fieldset")?.scrollTop ?? 0;
  old.replaceWith(next);
  const menu = next.querySelector("details[open] fieldset");
  if (menu) menu.scrollTop = scrolled;
  if (focused) twinOf(focused, next)?.focus({ preventScroll: true });
}

function twinOf(element, within) {
  const { name, value, id } = element;
  if (id) return document.getElementById(id);
  return [...within.querySelectorAll("input, select, summary, a")].find((one) => one.localName === element.localName
    && (name ? one.name === name && (one.localName === "select" || one.value === value) : one.textContent === element.textContent));
}

// Replaces filters and list by what passes; answers false when a later call has overtaken it.
let latest = 0;
export async function fetchList(parameters) {
  const turn = ++latest;
  list().setAttribute("aria-busy", "true");
  const markup = await listMarkup(parameters);
  if (turn !== latest) return false;
  list().removeAttribute("aria-busy");
  if (!markup) return false;
  const template = document.createElement("template");
  template.innerHTML = markup;
  for (const part of [...template.content.children]) swap(document.getElementById(part.id), part);
  return true;
}

// Shows in the form what an address asks for, where another way than the form has led to it.
export function fillForm(parameters) {
  const query = form.elements.q;
  if (document.activeElement !== query) query.value = (parameters.get("q") ?? "").replace(/^~/, "");
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = parameters.getAll(field.name).includes(field.value);
    else if (field.type === "hidden") field.value = parameters.get(field.name) ?? "";
  }
}

export function markListed(id) {
  for (const item of list().querySelectorAll("[data-work]")) {
    const chosen = item.dataset.work === id;
    if (chosen) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    if (chosen) item.scrollIntoView({ block: "nearest" });
  }
}

function askedOf(fields) {
  return new URLSearchParams([...new FormData(fields)].filter(([, value]) => value));
}

// Calls an action one at a time: what changes meanwhile waits for its end, and only the last of that counts.
function oneAtATime(action) {
  let next = null;
  let isBusy = false;
  return async (...given) => {
    next = given;
    if (isBusy) return;
    isBusy = true;
    try {
      while (next) {
        const now = next;
        next = null;
        await action(...now);
      }
    } finally {
      isBusy = false;
    }
  };
}

// Calls back with what the form asks for, as soon as the answer to the last change has come.
export function whenFiltered(action) {
  const ask = oneAtATime((isTyped) => action(askedOf(form), isTyped));
  const isSearch = ({ target }) => target.form === form && target.type === "search";
  // Letters that are still being made into a character are not yet a word.
  document.addEventListener("input", (event) => {
    if (isSearch(event) && !event.isComposing) ask(true);
  });
  document.addEventListener("compositionend", (event) => {
    if (isSearch(event)) ask(true);
  });
  document.addEventListener("change", (event) => {
    if (event.target.form === form && !isSearch(event)) ask(false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(false);
  });
}

// A menu of a filter closes when a press or Escape goes elsewhere.
export function closeMenus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll(".facet[open]")) if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener("pointerdown", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector(".facet[open]");
    if (event.key !== "Escape" || !menu) return;
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  }, true);
}
