"""Last words of names (污水处理厂, 污水厂) that mean the same for places of some kinds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.gazetteer.rows import read_rows
from geo.gazetteer.vocabulary import load_kinds
from geo.paths import data_path

_SHORTEST_CORE = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Last words that mean the same where a place is of one of the kinds."""

    name: str
    words: tuple[str, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Generics:
    """All groups; `by_word` gives those of a word, of which the longest has `longest` letters."""

    groups: tuple[Group, ...]
    by_word: Mapping[str, tuple[Group, ...]]
    longest: int


@dataclass(frozen=True, slots=True)
class Split:
    """A name cut before its last word: 白石 + 污水处理厂 ("" where it has no last word)."""

    core: str
    word: str


@cache
def load_generics() -> Generics:
    """Read `data/gazetteer/generics.csv`.

    Raises
    ------
    GazetteerError
        When the file is damaged.
    """
    path = data_path("gazetteer", "generics.csv")
    groups = []
    for row in read_rows(path, ("group", "words", "kinds")):
        if not row.words("words") or not set(row.words("kinds")) <= set(load_kinds()):
            raise row.error("it needs words, and kinds that are in kinds.csv; mend the row.")
        groups.append(Group(row["group"], row.words("words"), frozenset(row.words("kinds"))))
    by_word: dict[str, list[Group]] = {}
    for group in groups:
        for word in group.words:
            by_word.setdefault(word, []).append(group)
    words = {word: tuple(found) for word, found in by_word.items()}
    return Generics(tuple(groups), words, max(map(len, words)))


@lru_cache(100_000)
def split(name_key: str) -> Split:
    """Cut a key before the longest last word that leaves a core of two characters."""
    generics = load_generics()
    for length in range(min(generics.longest, len(name_key) - _SHORTEST_CORE), 0, -1):
        if name_key[-length:] in generics.by_word:
            return Split(name_key[:-length], name_key[-length:])
    return Split(name_key, "")


def groups_of(word: str) -> tuple[Group, ...]:
    """Give the groups that a last word belongs to."""
    return load_generics().by_word.get(word, ())


def equivalents(name_key: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield other spellings of a name by its last word, each with the kinds it may be.

    The bare core comes last: maps call a station or a town often without its last word.
    """
    parts = split(name_key)
    spellings: dict[str, frozenset[str]] = {}
    for group in groups_of(parts.word):
        for other in (*group.words, ""):
            if other != parts.word:
                known = spellings.get(parts.core + other, frozenset())
                spellings[parts.core + other] = known | group.kinds
    yield from sorted(spellings.items(), key=lambda item: item[0] == parts.core)


def kinds_of(name_key: str) -> frozenset[str]:
    """Give the kinds that a name's last word speaks for; none where it has no such word."""
    return frozenset().union(*(group.kinds for group in groups_of(split(name_key).word)))
