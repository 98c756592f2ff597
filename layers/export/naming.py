"""Names of exported files: readable in Chinese, safe on every file system."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from layers.export.model import System, Wanted
from layers.schema import COLUMNS, LAYERS
from layers.titles import Title

_WORKS: Final = Title("规划工程", "規劃工程", "planned works")
_LONGEST: Final = 60
_MOST_WORDS: Final = 4
_TITLES: Final[dict[str, dict[str, Title]]] = {
    column.name: {str(code): title for code, title in column.values} for column in COLUMNS
}
# What no file system, archive or header takes well; a name from a document may hold any of it.
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\s.,;%&$`\'()\[\]{}~^!#=+@-]+')


def file_stem(title: str, wanted: Wanted) -> str:
    """Name an export by its city and year and by what was asked for, without an ending."""
    language = wanted.language
    words = [f"{title} {_WORKS.in_language(language)}" if title else _WORKS.in_language(language)]
    words += [LAYERS[name].title.in_language(language) for name in wanted.layers if name in LAYERS]
    words += _filters(wanted)
    more = words[1 + _MOST_WORDS :]
    named = [safe_name(word) for word in words[: 1 + _MOST_WORDS]]
    return "-".join(filter(None, [*named, f"等{len(more)}项" if more else ""]))


def _filters(wanted: Wanted) -> Iterator[str]:
    for name, value in wanted.selection.pairs:
        if name in {"bbox", "polygon"}:
            yield name
        else:
            title = _TITLES.get(name, {}).get(value)
            yield title.in_language(wanted.language) if title else value


def safe_name(text: str) -> str:
    """Leave letters, digits and single underscores of a text, at most so many bytes."""
    printable = "".join(
        one if unicodedata.category(one)[0] in "LNPSZ" else " "
        for one in unicodedata.normalize("NFC", text)
    )
    words = _UNSAFE.sub("_", printable).strip("_")
    return words.encode()[:_LONGEST].decode(errors="ignore").strip("_")


def marked_target(target: Path, system: System, ending: str) -> Path:
    """Put the name of a shifted datum before the ending: `works.gcj02.csv`."""
    mark = f".{system.name}"
    if not system.shifted or mark in target.name.lower():
        return target
    stem = target.name.removesuffix(ending)
    rest = ending if stem != target.name else ""
    return target.with_name(f"{stem}{mark}{rest}")
