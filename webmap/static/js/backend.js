// What the page asks of its server, and how its state stands in its address; offline.js does the same without one.

import { settings } from "works/settings";

// The parameters of an address of ours.
export function parametersOf(address) {
  return new URL(address, window.location.href).searchParams;
}

// The parameters by which the page was made, so that its list already passes them.
export function parametersAtStart() {
  return parametersOf(window.location.href);
}

export function addressOf(parameters) {
  const query = withBase(parameters).toString();
  return query ? `?${query}` : settings.home;
}

// The base map is no matter of works: whatever these are, it stays.
function withBase(parameters) {
  const base = parametersOf(window.location.href).get("base");
  const all = new URLSearchParams(parameters);
  if (base && !all.has("base")) all.set("base", base);
  return all;
}

const requests = new Map();

// Loads JSON, once for each address.
export function fetchJson(url) {
  if (!requests.has(url)) requests.set(url, load(url));
  return requests.get(url);
}

// When another build has replaced the file, the page itself is out of date.
async function load(url) {
  const response = await fetch(url);
  if (response.status === 409) {
    window.location.reload();
    return new Promise(() => {});
  }
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

// Markup of the server's at an address of its own, in the page's language; "" where it gives none. The page
// is told where the server cannot be reached or has made a mistake.
export async function markupAt(address) {
  const asked = new URL(address, window.location.href);
  asked.searchParams.set("lang", document.documentElement.lang);
  const response = await fetch(asked).catch(() => null);
  if (!response || response.status >= 500) document.dispatchEvent(new Event("unreached"));
  return response?.ok ? response.text() : "";
}

function markup(path, parameters) {
  return markupAt(`${path}?${new URLSearchParams(parameters)}`);
}

// The filters and the list of the works that pass them.
export function listMarkup(parameters) {
  return markup("list", parameters);
}

// What is handed on of the state that an address names.
export function shareMarkup(search) {
  return markup("share", [...new URLSearchParams(search), ["part", "1"]]);
}

// The details of a work, in the script that the address asks for, with its neighbours within so many kilometres.
export function panelMarkup(id, near) {
  const script = parametersAtStart().get("script");
  const asked = { work: id, ...(script && { script }), ...(near && { near }) };
  return markup(`works/${encodeURIComponent(id)}/panel`, asked);
}
