"""Which features are asked for, in groups small enough for one question each.

They are those that `data/gazetteer/osm_kinds.csv` knows a kind of, as far as they have a name or,
for roads, a number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.gazetteer.rows import Row, read_rows
from geo.gazetteer.vocabulary import DISTRICT_KINDS, load_kinds
from geo.paths import data_path

_ANY = "*"
_TAG = re.compile(r"([a-z_:]+)=(\*|[a-z_|0-9]+)")
# Boundaries of cities and districts are known without asking, and their outlines are long.
_KNOWN = DISTRICT_KINDS | {"city", "urban_districts"}
# Kinds of lines that may bear a number and no name.
_NUMBERED = frozenset({"expressway", "road"})
_FORMS = frozenset({"point", "line", "area"})
_TITLES = {
    "roads": frozenset({"highway"}),
    "rails": frozenset({"railway", "public_transport"}),
    "waters and greens": frozenset({"natural", "water", "waterway", "leisure", "boundary"}),
}
_REST = "sites"
# What the import reads beyond the table: lines that are not yet built, bridges and tunnels named
# on the road they carry, and routes, whose tracks may have no name of their own.
_PLANNED = '"^(construction|planned|proposed)$"'
_MORE = {
    "roads": (
        f'wr["highway"~{_PLANNED}]["name"]',
        f'wr["highway"~{_PLANNED}]["ref"]',
        'wr["highway"]["bridge:name"]',
        'wr["highway"]["tunnel:name"]',
    ),
    "rails": (
        f'wr["railway"~{_PLANNED}]["name"]',
        'rel["type"="route"]["route"~"^(light_rail|monorail|railway|subway|tram)$"]["name"]',
    ),
}

Tags = tuple[tuple[str, frozenset[str]], ...]
"""Keys and the values asked for, all of which a feature must have."""


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are asked for together: selections in Overpass QL, without the box."""

    title: str
    selections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A row of the table: tags, the forms that are wanted of them, and whether it has numbers."""

    tags: Tags
    forms: frozenset[str]
    is_numbered: bool

    @property
    def key(self) -> str:
        """The key that it is asked for by."""
        return self.tags[0][0]


def load_groups() -> tuple[Group, ...]:
    """Read what to ask for.

    Raises
    ------
    GazetteerError
        When the table is damaged.
    """
    path = data_path("gazetteer", "osm_kinds.csv")
    rows = [row for row in read_rows(path, ("tags", "forms", "kind")) if row["kind"] not in _KNOWN]
    return _grouped(tuple(map(_wish, rows)))


def _wish(row: Row) -> _Wish:
    forms = frozenset(row.words("forms"))
    if row["kind"] not in load_kinds() or not forms or not forms <= _FORMS:
        raise row.error("the kind is one of kinds.csv, the forms are of point line area; mend it.")
    return _Wish(_tags(row), forms, is_numbered=row["kind"] in _NUMBERED)


def _tags(row: Row) -> Tags:
    found = [_TAG.fullmatch(words) for words in row.words("tags")]
    tags = tuple((match[1], frozenset(match[2].split("|"))) for match in found if match)
    if not tags or len(tags) < len(found):
        raise row.error("the tags are written key=value, key=value|value or key=*; mend them.")
    return tags


def _grouped(wishes: tuple[_Wish, ...]) -> tuple[Group, ...]:
    selections = {title: [*_MORE.get(title, ())] for title in (*_TITLES, _REST)}
    keys = dict.fromkeys(wish.key for wish in wishes)
    for key in keys:
        title = next((title for title, known in _TITLES.items() if key in known), _REST)
        selections[title] += _selections([wish for wish in wishes if wish.key == key])
    return tuple(Group(title, tuple(found)) for title, found in selections.items() if found)


def _selections(wishes: Sequence[_Wish]) -> Iterator[str]:
    """Join the wishes for one key: named ones by value, then those that ask for more tags."""
    key = wishes[0].key
    alone = [wish for wish in wishes if len(wish.tags) == 1]
    values = _values(alone)
    if values:
        yield _selection(alone, ((key, values),), "name")
    for wish in wishes:
        if not (wish.tags[0][1] <= values or _ANY in values):
            yield _selection([wish], wish.tags, "name")
    numbered = [wish for wish in alone if wish.is_numbered]
    if numbered:
        yield _selection(numbered, ((key, _values(numbered)),), "ref")


def _values(wishes: Iterable[_Wish]) -> frozenset[str]:
    return frozenset(value for wish in wishes for value in wish.tags[0][1])


def _selection(wishes: Iterable[_Wish], tags: Tags, naming: str) -> str:
    forms = {form for wish in wishes for form in wish.forms}
    element = "node" if forms == {"point"} else "nwr" if "point" in forms else "wr"
    return f'{element}{"".join(_condition(*tag) for tag in tags)}["{naming}"]'


def _condition(key: str, values: frozenset[str]) -> str:
    if _ANY in values:
        return f'["{key}"]'
    return f'["{key}"~"^({"|".join(sorted(values))})$"]'
