"""Which kind of place a thing is: by its tags, its GeoNames code, or the end of its name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

from geo.gazetteer.rows import Row, read_rows
from geo.gazetteer.vocabulary import load_kinds
from geo.paths import data_path
from geo.script import to_simplified

Form = Literal["point", "line", "area"]
_ANY = "*"


@dataclass(frozen=True, slots=True)
class KindRule:
    """A row of `osm_kinds.csv`: things of these tags, form and name are of `kind`.

    `tags` maps each key to the values that it may have (none: any); `ends` and `has` are words of
    the simplified name (none: any); pieces at most `merge_m` metres apart are one thing. The rule
    with the lowest `number` that fits decides.
    """

    number: int
    tags: Mapping[str, frozenset[str]]
    forms: frozenset[str]
    ends: tuple[str, ...]
    has: tuple[str, ...]
    kind: str
    merge_m: float

    def fits(self, tags: Mapping[str, str], form: Form, name: str) -> bool:
        """Whether a thing with these tags, this form and this simplified name is meant."""
        if form not in self.forms or (self.ends and not name.endswith(self.ends)):
            return False
        if self.has and not any(word in name for word in self.has):
            return False
        return all(
            key in tags and (not values or tags[key] in values) for key, values in self.tags.items()
        )


@dataclass(frozen=True, slots=True)
class CodeRule:
    """A row of `geonames_kinds.csv`: what a GeoNames code means, and how exact its point is."""

    ends: tuple[str, ...]
    kind: str
    uncertainty_m: float


def rule_of(tags: Mapping[str, str], form: Form, name: str) -> KindRule | None:
    """Give the first rule of `osm_kinds.csv` that a thing fits, or None."""
    rules = _rules_by_tag()
    found = [rule for tag in tags.items() if tag in rules for rule in rules[tag]]
    found += [rule for key in tags if (key, _ANY) in rules for rule in rules[key, _ANY]]
    simplified = _simplified(name) if found else ""
    found.sort(key=lambda rule: rule.number)
    return next((rule for rule in found if rule.fits(tags, form, simplified)), None)


def has_rule(tags: Mapping[str, str], form: Form) -> bool:
    """Whether things with one of these tags and this form may have a rule, whatever their name."""
    rules = _rules_by_tag()
    found = (rule for key, value in tags.items() for rule in rules.get((key, value), ()))
    if any(form in rule.forms for rule in found):
        return True
    return any(form in rule.forms for key in tags for rule in rules.get((key, _ANY), ()))


def code_rule_of(code: str, name: str) -> CodeRule | None:
    """Give the first rule of `geonames_kinds.csv` for a code such as P.PPL, or None."""
    simplified = to_simplified(name)
    rules = _rules_by_code().get(code, ())
    return next((r for r in rules if not r.ends or simplified.endswith(r.ends)), None)


def kind_by_name(name: str) -> str | None:
    """Give the kind that the longest known ending of a name tells, or None."""
    simplified, endings = to_simplified(name), _endings()
    starts = range(len(simplified))
    return next((endings[simplified[i:]] for i in starts if simplified[i:] in endings), None)


@lru_cache(maxsize=50_000)
def _simplified(name: str) -> str:
    """Convert a name that other pieces of the same thing bear as well."""
    return to_simplified(name)


@cache
def _rules_by_tag() -> Mapping[tuple[str, str], list[KindRule]]:
    """Index the rules by the values of their first tag."""
    index: dict[tuple[str, str], list[KindRule]] = {}
    for rule in tag_rules():
        key, values = next(iter(rule.tags.items()))
        for value in values or {_ANY}:
            index.setdefault((key, value), []).append(rule)
    return index


def tag_rules() -> Iterator[KindRule]:
    """Yield the rules of `osm_kinds.csv`.

    Raises
    ------
    GazetteerError
        When the file is damaged.
    """
    columns = ("tags", "forms", "ends", "has", "kind", "merge_m")
    for number, row in enumerate(read_rows(data_path("gazetteer", "osm_kinds.csv"), columns)):
        forms = frozenset(row.words("forms"))
        if not forms or not forms <= set(get_args(Form)):
            raise row.error("forms are point, line and area; mend them.")
        words = row.words("ends"), row.words("has")
        yield KindRule(number, _tags(row), forms, *words, _kind(row), _metres(row, "merge_m"))


def _tags(row: Row) -> Mapping[str, frozenset[str]]:
    tags: dict[str, frozenset[str]] = {}
    for condition in row.words("tags"):
        key, _, values = condition.partition("=")
        tags[key] = frozenset(values.split("|")) - {_ANY}
    if not all(tags) or not tags or not all("=" in word for word in row.words("tags")):
        raise row.error("tags are conditions like highway=trunk|primary; mend them.")
    return tags


@cache
def _rules_by_code() -> Mapping[str, list[CodeRule]]:
    index: dict[str, list[CodeRule]] = {}
    columns = ("code", "ends", "kind", "uncertainty_m")
    for row in read_rows(data_path("gazetteer", "geonames_kinds.csv"), columns):
        rule = CodeRule(row.words("ends"), _kind(row), _metres(row, "uncertainty_m"))
        index.setdefault(row["code"], []).append(rule)
    return index


@cache
def _endings() -> Mapping[str, str]:
    path = data_path("gazetteer", "name_kinds.csv")
    return {row["ending"]: _kind(row) for row in read_rows(path, ("ending", "kind"))}


def _kind(row: Row) -> str:
    if row["kind"] not in load_kinds():
        raise row.error(f"the kind {row['kind']} is not in kinds.csv; use one of those.")
    return row["kind"]


def _metres(row: Row, column: str) -> float:
    if not row[column].isascii() or not row[column].isdigit():
        raise row.error(f"{column} is a whole number of metres; mend it.")
    return float(row[column])
