"""Which features are asked for, in groups small enough for one question each.

They are those that `data/gazetteer/osm_kinds.csv` knows a kind of, as far as they have a name or,
for roads, a number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.gazetteer.importing.kinds import KindRule, tag_rules
from geo.gazetteer.vocabulary import DISTRICT_KINDS

# Boundaries of cities and districts are known without asking, and their outlines are long.
_KNOWN = DISTRICT_KINDS | {"city", "urban_districts"}
# Kinds of lines that may bear a number and no name.
_NUMBERED = frozenset({"expressway", "road"})
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

Values = frozenset[str]
"""Values of a tag that are asked for; none: any."""


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are asked for together: selections in Overpass QL, without the box."""

    title: str
    selections: tuple[str, ...]


def load_groups() -> tuple[Group, ...]:
    """Read what to ask for.

    Raises
    ------
    GazetteerError
        When the table is damaged.
    """
    selections = {title: [*_MORE.get(title, ())] for title in (*_TITLES, _REST)}
    by_key: dict[str, list[KindRule]] = {}
    for rule in tag_rules():
        if rule.kind not in _KNOWN:
            by_key.setdefault(next(iter(rule.tags)), []).append(rule)
    for key, rules in by_key.items():
        title = next((title for title, known in _TITLES.items() if key in known), _REST)
        selections[title] += _selections(key, rules)
    return tuple(Group(title, tuple(found)) for title, found in selections.items() if found)


def _selections(key: str, rules: Sequence[KindRule]) -> Iterator[str]:
    """Join the rules for one key: named ones by value, then those that ask for more tags."""
    alone = [rule for rule in rules if len(rule.tags) == 1]
    values = _values(key, alone)
    if alone:
        yield _selection({key: values}, alone, "name")
    for rule in rules:
        if not alone or not _covers(values, rule.tags[key]):
            yield _selection(rule.tags, [rule], "name")
    numbered = [rule for rule in alone if rule.kind in _NUMBERED]
    if numbered:
        yield _selection({key: _values(key, numbered)}, numbered, "ref")


def _values(key: str, rules: Iterable[KindRule]) -> Values:
    """Join the values that rules ask for; where one takes any, any."""
    each = [rule.tags[key] for rule in rules]
    return frozenset().union(*each) if all(each) else frozenset()


def _covers(values: Values, others: Values) -> bool:
    return not values or (bool(others) and others <= values)


def _selection(tags: Mapping[str, Values], rules: Iterable[KindRule], naming: str) -> str:
    forms = {form for rule in rules for form in rule.forms}
    element = "node" if forms == {"point"} else "nwr" if "point" in forms else "wr"
    return f'{element}{"".join(_condition(*tag) for tag in tags.items())}["{naming}"]'


def _condition(key: str, values: Values) -> str:
    return f'["{key}"~"^({"|".join(sorted(values))})$"]' if values else f'["{key}"]'
