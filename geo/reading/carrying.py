"""Step: a metro line that is named by its number alone takes its kind from the line before it."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from geo.model import Clause, Theme
from geo.reading.values import Finding
from geo.script import to_simplified

_KIND = re.compile(r"(地铁|轨道交通|轨交|捷运)(?:第?[\dA-Z一二三四五六七八九十]+)号?线")
_NUMBERED = re.compile(r"[\d一二三四五六七八九十]+(?:[、和][\d一二三四五六七八九十]+)*号线")


def carry_kinds(
    findings: Iterable[tuple[Clause, Finding]],
) -> Iterator[tuple[Clause, Finding]]:
    """Give each finding with its clause, metro lines named in full (地铁3号线……，4号线一期)."""
    passage, kind = -1, ""
    for clause, finding in findings:
        if clause.passage != passage:
            passage, kind = clause.passage, ""
        if finding.theme is not Theme.METRO:
            yield clause, finding
            continue
        hans = to_simplified(finding.name)
        if said := _KIND.search(hans):
            kind = finding.name[said.start(1) : said.end(1)]
        yield clause, _with_kind(finding, hans, kind)


def _with_kind(finding: Finding, hans: str, kind: str) -> Finding:
    if not kind or not _NUMBERED.match(hans):
        return finding
    return replace(finding, name=kind + finding.name)
