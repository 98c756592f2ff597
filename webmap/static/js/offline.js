// Stands for backend.js in a page that was saved as one file: all it needs lies in the page itself.

const data = JSON.parse(document.getElementById("offline").textContent);
const panels = new Map(Object.entries(data.panels));
const simplified = new Map(Object.entries(data.simplified));
const DIGITS = "〇零一二两三四五六七八九";
const VALUES = "001223456789";

let latest = "";

// A file has no parameters that could change: the state stands behind the hash, unless that names a part of the page.
export function parametersOf(address) {
  const hash = new URL(address, window.location.href).hash.slice(1);
  if (!hash || hash.includes("=")) latest = hash;
  return new URLSearchParams(latest);
}

export function parametersAtStart() {
  return new URLSearchParams();
}

export function addressOf(parameters) {
  return `#${parameters}`;
}

export async function fetchJson(name) {
  return data.files[name];
}

// A saved page has no address that others could open.
export async function shareMarkup() {
  return "";
}

export async function panelMarkup(id) {
  return panels.get(id) ?? "";
}

// The text of the plan is not in the file.
export async function markupAt() {
  return "";
}

function wordsOf(query) {
  const folded = [...query.normalize("NFKC").toLowerCase()].map((one) => simplified.get(one) ?? one);
  const plain = folded.map((one) => VALUES[DIGITS.indexOf(one)] ?? one).join("");
  return plain.split(/\s+/).filter(Boolean);
}

function passes(work, parameters, words) {
  const isMeant = Object.entries(work.values).every(([name, value]) => {
    const wanted = parameters.getAll(name).filter(Boolean);
    return !wanted.length || wanted.includes(value);
  });
  return isMeant && words.every((word) => work.searched.includes(word));
}

function countAnew(section) {
  const left = section.querySelectorAll("li").length;
  section.querySelector(".count").textContent = left;
  if (!left) section.remove();
}

// The page's own list, without the works that do not pass.
export async function listMarkup(parameters) {
  const words = wordsOf(parameters.get("q") ?? "");
  const passing = new Set(data.works.filter((work) => passes(work, parameters, words)).map((work) => work.id));
  const template = document.createElement("template");
  template.innerHTML = data.list;
  const list = template.content.firstElementChild;
  for (const item of list.querySelectorAll("li")) {
    if (!passing.has(item.querySelector("[data-work]").dataset.work)) item.remove();
  }
  list.querySelectorAll("section.group").forEach(countAnew);
  list.querySelector("#found-ids").value = [...passing].join(" ");
  showCounts(list, passing.size, parameters.size > 0);
  return legendMarkup(parameters, words) + list.outerHTML;
}

// The page's own legend: what is pressed, what a press would ask for, and how many works each sign has.
function legendMarkup(parameters, words) {
  const template = document.createElement("template");
  template.innerHTML = data.legend;
  for (const sign of template.content.querySelectorAll("a[data-name]")) {
    const { name, value } = sign.dataset;
    const others = new URLSearchParams([...parameters].filter(([key]) => key !== name));
    const found = data.works.filter((work) => work.values[name] === value && passes(work, others, words)).length;
    const isChosen = parameters.getAll(name).includes(value);
    const toggled = new URLSearchParams(parameters);
    if (isChosen) toggled.delete(name, value);
    else toggled.append(name, value);
    sign.href = addressOf(toggled);
    sign.setAttribute("aria-pressed", String(isChosen));
    sign.classList.toggle("none", !found);
    sign.querySelector(".count").textContent = found;
  }
  return template.innerHTML;
}

function showCounts(list, found, isFiltered) {
  list.dataset.found = found;
  list.querySelector(".found-count").textContent = data.found.replace("%(n)s", found).replace("%(total)s", data.works.length);
  list.querySelector(".clear").hidden = !isFiltered;
  list.querySelector(".empty").hidden = found > 0;
}
