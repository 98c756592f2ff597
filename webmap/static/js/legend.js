// The legend: its signs are links that filter; as the buttons that they are, the space bar presses them too.

export function startLegend() {
  document.addEventListener("keydown", (event) => {
    const sign = event.key === " " && event.target.closest?.("[role=button][data-filter]");
    if (!sign) return;
    event.preventDefault();
    sign.click();
  });
}
