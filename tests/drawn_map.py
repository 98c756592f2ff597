"""What the canvas of the map shows, for tests of pages: by the layer's word, and by its pixels."""

from typing import Any

from playwright.sync_api import Page, expect

_DRAWN = """async () => {
    const { worksOnMap } = await import("works");
    const { areas, lines, marks, clusters } = worksOnMap().drawn;
    const ids = (shapes) => shapes.map(({ work }) => work.work_id);
    return {
        areas: ids(areas),
        lines: ids(lines),
        marks: ids(marks.map(({ shapes: [shape] }) => shape)),
        clusters: clusters.map(({ shapes }) => shapes.length),
    };
}"""
_SPOT = """async (id) => {
    const { worksOnMap } = await import("works");
    const layer = worksOnMap();
    const { x, y } = layer._map.latLngToContainerPoint(layer.shapes.get(id).anchor);
    const box = layer._map.getContainer().getBoundingClientRect();
    return [box.x + x, box.y + y];
}"""
_COLOURS = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const canvas = document.querySelector(".works-canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const hex = (value) => value.toString(16).padStart(2, "0");
    const counts = {};
    for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue, alpha] = data.slice(at, at + 4);
        if (!alpha) continue;
        const colour = alpha < 255 ? "seen through" : "#" + hex(red) + hex(green) + hex(blue);
        counts[colour] = (counts[colour] ?? 0) + 1;
    }
    done(counts);
})))"""
_NAMES = "import('works').then(({ worksOnMap }) => worksOnMap().named)"


def drawn(page: Page) -> dict[str, list[Any]]:
    """Give the ids of the areas, lines and marks that are drawn, and the sizes of clusters."""
    return dict(page.evaluate(_DRAWN))


def expect_drawn(page: Page, kind: str, count: int) -> None:
    """Wait until so many areas, lines, marks or clusters are drawn."""
    for _ in range(50):
        if len(drawn(page)[kind]) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError((kind, count, drawn(page)))


def pixels(page: Page) -> dict[str, int]:
    """Count the pixels that are drawn, by their colour where nothing shines through them."""
    return dict(page.evaluate(_COLOURS))


def names_along_lines(page: Page) -> list[dict[str, Any]]:
    """Give the names that are written along lines, with the boxes that they take up."""
    return list(page.evaluate(_NAMES))


def spot(page: Page, work_id: str) -> tuple[float, float]:
    """Give where a work is drawn, in pixels of the page."""
    x, y = page.evaluate(_SPOT, work_id)
    return float(x), float(y)


def hover(page: Page, work_id: str) -> None:
    """Move the pointer onto a work on the map."""
    page.mouse.move(*spot(page, work_id))
    expect(page.locator(".leaflet-tooltip .tip")).to_be_visible()


def press(page: Page, work_id: str) -> None:
    """Press a work on the map."""
    page.mouse.click(*spot(page, work_id))
