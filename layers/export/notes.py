"""What an export says of itself: whose data, which words asked for it, how it is made again."""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from layers.attribution import Credits
from layers.export.model import Counts, Note, System, Wanted
from layers.selection import Selection
from layers.titles import Title

if TYPE_CHECKING:
    from layers.export.formats import Format

_MOST_DOCUMENTS: Final = 20
# What an address would take apart, or a line of text could not hold.
_SPECIAL: Final = re.compile(r"[\x00-\x20%&+#;=\x7f\s]+")
_USUAL_LANGUAGE: Final = "zh-Hans"

TITLES: Final[dict[str, Title]] = {
    "generator": Title("程序", "程式", "program"),
    "documents": Title("文件", "文件", "documents"),
    "query": Title("筛选条件", "篩選條件", "filters"),
    "layers": Title("图层", "圖層", "layers"),
    "works": Title("工程数", "工程數", "works"),
    "system": Title("坐标系", "坐標系", "coordinate system"),
    "licence": Title("位置的许可与来源", "位置的許可與來源", "licences and sources of the places"),
    "attribution": Title("署名", "署名", "attribution"),
    "command": Title("重新导出", "重新匯出", "made again by"),
}
"""The notes of every export, in order; `layers` only where some were chosen."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a first look at the works has told: how many, whose data, and from which documents."""

    counts: Counts
    credits: Credits
    documents: Sequence[dict[str, Any]]


def notes_of(wanted: Wanted, form: "Format", system: System, found: Found) -> tuple[Note, ...]:
    """Give the notes of an export; texts of several lines have one thing on each."""
    texts = {
        "generator": f"planned-works {version('planned-works')}",
        "documents": "\n".join(_documents(found.documents)),
        "query": readable_address(wanted.selection) or "(全部工程, all works)",
        "layers": " ".join(wanted.layers),
        "works": _works(found.counts, form),
        "system": system.marked_name,
        "licence": "\n".join(credit.line for credit in found.credits.all()),
        "attribution": "\n".join(found.credits.attributions()),
        "command": command_of(wanted, form, system),
    }
    return tuple(Note(key, title, texts[key]) for key, title in TITLES.items() if texts[key])


def title_of(documents: Sequence[dict[str, Any]]) -> str:
    """Name works by the city and year of their documents: `无锡2020`."""
    named = dict.fromkeys(f"{row['city']}{row['year'] or ''}" for row in documents)
    first, *others = named or [""]
    return f"{first} +{len(others)}" if others else first


def command_of(wanted: Wanted, form: "Format", system: System) -> str:
    """Give the command that exports the same works again."""
    words = ["planned-works", "export", wanted.file]
    for name in wanted.layers:
        words += ["--layer", name]
    if wanted.selection.pairs:
        words += ["--where", readable_address(wanted.selection)]
    words += ["--format", form.code]
    if not system.is_wgs84:
        words += ["--crs", system.name]
    if wanted.server:
        words += ["--server", wanted.server]
    if wanted.language != _USUAL_LANGUAGE:
        words += ["--lang", wanted.language]
    return shlex.join(words)


def readable_address(selection: Selection) -> str:
    """Give a selection's address with its Chinese words as they are: `q=湿地&theme=park`."""
    return "&".join(f"{name}={_SPECIAL.sub(_percent, value)}" for name, value in selection.pairs)


def _percent(found: re.Match[str]) -> str:
    return quote(found[0])


def _documents(documents: Sequence[dict[str, Any]]) -> Iterator[str]:
    for row in documents[:_MOST_DOCUMENTS]:
        facts = [
            f"《{row['title']}》",
            row["issuer"],
            row["index_number"],
            f"SHA-256 {row['sha256']}",
        ]
        yield ", ".join(str(fact) for fact in facts if fact)
    if len(documents) > _MOST_DOCUMENTS:
        yield f"… {len(documents) - _MOST_DOCUMENTS} more"


def _works(counts: Counts, form: "Format") -> str:
    if form.holds_unplaced or not counts.unplaced:
        return f"{counts.total}"
    return (
        f"{counts.placed} ({counts.unplaced} 项没有位置,未包含在内; "
        f"{counts.unplaced} works without a place are left out)"
    )
