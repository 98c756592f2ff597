"""The icons of the themes: one sprite that is part of every page, so that none is a request."""

from functools import cache

from markupsafe import Markup

from webmap.assets import STATIC

_SPRITE = STATIC / "icons" / "themes.svg"


@cache
def theme_sprite() -> Markup:
    """Give the symbols `theme-metro`, `theme-road` ... as hidden markup for the begin of a page."""
    symbols = _SPRITE.read_text(encoding="utf-8").strip()
    hidden = symbols.replace("<svg ", '<svg hidden aria-hidden="true" ', 1)
    return Markup(hidden)  # noqa: S704  a file of ours, not of a document
