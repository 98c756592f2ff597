"""Accessibility of a page as axe-core judges it; npm installs axe-core for the tests alone."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A mark on the map stands where its work lies: there the size of targets is not free (WCAG 2.5.8).
_RUN = """async (tags) => {
    const isInMap = (one) => document.querySelector(one)?.closest(".leaflet-container");
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
    for (const rule of violations.filter(({ id }) => id === "target-size")) {
        rule.nodes = rule.nodes.filter(({ target }) => !target.some(isInMap));
    }
    return violations.filter(({ nodes }) => nodes.length);
}"""


def violations(page: Page) -> list[dict[str, Any]]:
    """Give the rules that a page breaks, each with its impact and the elements concerned."""
    if not SCRIPT.is_file():
        raise RuntimeError("axe-core is missing: run make setup")
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_RUN, TAGS)
    return found


def summary(found: list[dict[str, Any]]) -> list[str]:
    """Say in a line each which rule is broken where."""
    return [
        f"{one['impact']} {one['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"][:4]
    ]
