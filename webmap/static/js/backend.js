// What the page asks of its server, and how its state stands in its address; offline.js does the same without one.

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
  return query ? `?${query}` : window.location.pathname;
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
export function listMarkup(parameters) {
  return markupAt(`list?${parameters}`);
}

// The details of a work, as markup, in the script that the address asks for; "" where there is no such work.
export function panelMarkup(id) {
  const script = parametersAtStart().get("script");
  const asked = new URLSearchParams(script ? { work: id, script } : { work: id });
  return markupAt(`works/${encodeURIComponent(id)}/panel?${asked}`);
}

// Markup of the server's at an address of its own; "" where it gives none.
export async function markupAt(address) {
  const response = await fetch(address);
  return response.ok ? response.text() : "";
}
