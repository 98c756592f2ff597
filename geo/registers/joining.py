"""One site of all rows that name it, in one register or in several, and an id that lasts."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from geo.gazetteer import Gazetteer
from geo.gazetteer.generics import groups_of, split
from geo.gazetteer.matching import exact_area
from geo.gazetteer.names import key
from geo.gazetteer.vocabulary import DISTRICT_KINDS, SHORT_NAMED_KINDS
from geo.model import Confidence, Place, Site, Theme, Work
from geo.registers.row import Position, Register, SiteRow
from geo.script import to_simplified

_SHORTEST_NAME = 3
_JOINED_BY = "; "
_SURENESS = {confidence: rank for rank, confidence in enumerate(Confidence)}


@dataclass(frozen=True, slots=True)
class Listed:
    """A site of a counted work, with what its rows say of its place, the deciding one first.

    `area` is the district that they state, or all urban ones, or the city.
    """

    site: Site
    work: Work
    area: Place | None
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A row of a register, and where it says that its site is: district and town, spelled alike."""

    register: Register
    row: SiteRow
    area: Place | None
    district: str
    town: str
    note: str

    @property
    def rank(self) -> tuple[bool, int]:
        """What the user imported decides before what is built in, the surer row before others."""
        return self.register.is_built_in, _SURENESS[self.row.confidence]


@dataclass(slots=True)
class _Same:
    """Rows that name one thing; each states the same district and town, or none."""

    district: str = ""
    town: str = ""
    said: list[_Said] = field(default_factory=list)

    def add(self, one: _Said) -> None:
        """Add a row, and what it states of district and town."""
        self.said.append(one)
        self.district = self.district or one.district
        self.town = self.town or one.town

    def takes(self, other: _Said) -> bool:
        """Whether another row of the name may speak of the same thing."""
        pairs = ((self.district, other.district), (self.town, other.town))
        return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def sites_of(work: Work, registers: Iterable[Register], gazetteer: Gazetteer) -> Iterator[Listed]:
    """Give the sites of a work, in the order of their registers; each thing once."""
    said = [_said(register, row, gazetteer) for register in registers for row in register.rows]
    by_name: defaultdict[tuple[object, ...], list[_Same]] = defaultdict(list)
    for one in sorted(said, key=lambda one: one.rank):
        known = by_name[_identity(one, work.theme, gazetteer)]
        same = next((same for same in known if same.takes(one)), None)
        if same is None:
            known.append(same := _Same())
        same.add(one)
    order = {id(one.row): number for number, one in enumerate(said)}
    found = [
        (min(order[id(one.row)] for one in same.said), _listed(work, name, number, same))
        for name, known in by_name.items()
        for number, same in enumerate(_steadily(known), start=1)
    ]
    yield from (listed for _, listed in sorted(found, key=lambda pair: pair[0]))


def _steadily(known: Iterable[_Same]) -> list[_Same]:
    """Order things of one name so that they keep their numbers whatever comes first."""
    return sorted(known, key=lambda same: (same.district, same.town))


def _said(register: Register, row: SiteRow, gazetteer: Gazetteer) -> _Said:
    """Spell district and town as the gazetteer does, so that a thing is not counted in two."""
    area = exact_area(gazetteer, row.district) if row.district else None
    district, town, note = to_simplified(row.district), to_simplified(row.town), row.note
    if area is not None and area.kind in DISTRICT_KINDS:
        district = area.name_hans
    elif area is not None and area.within:  # a zone in a district
        district, town = area.within, town or district
        area = gazetteer.district(district)
    elif area is not None:
        district, note = "", _together((row.district, row.note))
    note = _together((row.position.near, note))
    return _Said(register, row, area, district, town, note)


def _identity(said: _Said, theme: Theme, gazetteer: Gazetteer) -> tuple[object, ...]:
    """What rows of one thing share: its name without city, district and general last word.

    Groups are one only where they say the very same.
    """
    row = said.row
    name = _bare(key(row.name), said.district, gazetteer)
    if row.is_group:
        return "group", name, said.district, said.town, row.count, row.quantity, row.unit
    parts = split(name)
    for group in groups_of(parts.word):
        if any(theme in gazetteer.kinds[kind].themes for kind in group.kinds):
            return "site", parts.core, group.name
    return "site", name, ""


def _bare(name: str, district: str, gazetteer: Gazetteer) -> str:
    city = gazetteer.city_name
    place = gazetteer.district(district) if district else None
    short = (key(district)[:-1],) if place and place.kind in SHORT_NAMED_KINDS else ()
    for lead in filter(None, (f"{city}市" if city else "", city, key(district), *short)):
        rest = name.removeprefix(lead)
        name = rest if len(rest) >= _SHORTEST_NAME else name
    return name


def _listed(work: Work, name: tuple[object, ...], number: int, same: _Same) -> Listed:
    first, rows = same.said[0], [one.row for one in same.said]
    measured = next((row for row in rows if row.quantity is not None), first.row)
    site = Site(
        site_id=_site_id(work.work_id, name, number),
        part_of=work.work_id,
        name=first.row.name,
        name_hans=to_simplified(first.row.name),
        is_group=first.row.is_group,
        count=first.row.count,
        quantity=measured.quantity,
        unit=measured.unit,
        district=same.district,
        town=same.town,
        status=next((row.status for row in rows if row.status), ""),
        confidence=first.row.confidence,
        source=_together(row.source for row in rows),
        licence=_together(row.licence for row in rows),
        note=_together(one.note for one in same.said),
        register=_together(one.register.name for one in same.said),
    )
    area = next((one.area for one in same.said if one.area), None)
    return Listed(site, work, area, tuple(row.position for row in rows))


def _site_id(work_id: str, name: Sequence[object], number: int) -> str:
    """Short hash of the work, the name, and the ordinal of a repeated one."""
    words = [work_id, *map(str, name), *([str(number)] if number > 1 else [])]
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:12]


def _together(texts: Iterable[str]) -> str:
    return _JOINED_BY.join(dict.fromkeys(filter(None, texts)))
