// Light or dark, as the system says or as the reader has chosen: runs in the head, before anything is drawn.

(() => {
  const CHOICES = ["auto", "light", "dark"];
  const MEDIA = { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };
  const KEY = "colours";
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  // A browser may forbid to keep anything.
  function kept() {
    try {
      const value = window.localStorage.getItem(KEY);
      return CHOICES.includes(value) ? value : "auto";
    } catch {
      return "auto";
    }
  }

  function keep(choice) {
    try {
      window.localStorage.setItem(KEY, choice);
    } catch { /* then it holds for this page */ }
  }

  let choice = kept();

  function apply(wanted) {
    const isDark = wanted === "dark" || (wanted === "auto" && system.matches);
    for (const sheet of document.querySelectorAll("[data-dark]")) sheet.media = MEDIA[wanted];
    document.documentElement.dataset.colours = isDark ? "dark" : "light";
    document.dispatchEvent(new Event("colours"));
  }

  function name(button) {
    button.dataset.choice = choice;
    button.title = button.dataset[choice];
    button.setAttribute("aria-label", button.dataset[choice]);
  }

  function offer() {
    const button = document.getElementById("colours");
    if (!button) return;
    button.hidden = false;
    name(button);
    button.addEventListener("click", () => {
      choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
      keep(choice);
      name(button);
      apply(choice);
    });
  }

  apply(choice);
  system.addEventListener("change", () => apply(choice));
  window.addEventListener("storage", () => { choice = kept(); apply(choice); });
  // Paper is white: what scripts have painted is painted anew for it.
  window.addEventListener("beforeprint", () => apply("light"));
  window.addEventListener("afterprint", () => apply(choice));
  document.addEventListener("DOMContentLoaded", offer);
})();
