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
  const query = parameters.toString();
  return query ? `?${query}` : settings.home;
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

// The list of the works that pass filters, as markup; "" where the server gives none.
export async function listMarkup(parameters) {
  const response = await fetch(`list?${parameters}`);
  return response.ok ? response.text() : "";
}

// The details of a work, as markup; "" where there is no such work.
export async function panelMarkup(id) {
  const response = await fetch(`works/${encodeURIComponent(id)}/panel`);
  return response.ok ? response.text() : "";
}
