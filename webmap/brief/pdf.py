"""A brief as a PDF: set by Typst from the same words and map as the page, in a font of our own.

What comes from a document travels as data, never as markup, so that nothing in it can be a command.
The font (Noto Sans SC, SIL Open Font License 1.1) holds both scripts; what is used of it is
embedded, so that every viewer shows the same and text can be searched and copied.
"""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final, cast

import typst

from layers.titles import STAGE_COLOURS
from webmap.assets import STATIC
from webmap.brief.sheet import Sheet

MOST_WORKS: Final = 1_000
"""More works than this are no brief."""

_TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "brief.typ"
_FONTS: Final = STATIC / "vendor" / "noto-sans-sc"
_SCRIPTS: Final = {"zh-Hans": ("zh", "cn"), "zh-Hant": ("zh", "tw"), "en": ("en", "gb")}


def brief_pdf(sheet: Sheet, picture: str, labels: dict[str, str], language: str) -> bytes:
    """Set a brief on A4 pages; `picture` is its map as SVG, `labels` the words of headings."""
    script, region = _SCRIPTS[language]
    words = {
        **asdict(sheet),
        "labels": labels,
        "colours": STAGE_COLOURS,
        "picture": picture,
        "lang": script,
        "region": region,
    }
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(),
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
    )
    return cast("bytes", compiler.compile(format="pdf"))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )
