// Hands on the present state: its link, a citation, a map for another page; each can be copied.

import { shareMarkup } from "works/backend";

const dialog = document.getElementById("share");

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // where the page came by an address that is not secure
  }
  const usual = button.textContent;
  button.textContent = button.dataset.done;
  window.setTimeout(() => { button.textContent = usual; }, 1500);
}

async function open() {
  const markup = await shareMarkup(window.location.search);
  if (!markup) return;
  dialog.querySelector(".share-body").innerHTML = markup;
  dialog.showModal();
}

export function startSharing() {
  if (!dialog) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.share-open");
    const button = event.target.closest("button.copy");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open();
    } else if (button) copy(button);
    else if (event.target === dialog) dialog.close();
  });
}
