"""The plain spellings of a work's name: without what stands before it or in brackets."""

import re
from collections.abc import Iterator
from functools import lru_cache

from geo.gazetteer.names import key
from geo.gazetteer.vocabulary import Words

_MAX_NAME = 120
_SHORTEST = 3
_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_FROM_TO = re.compile(
    r"^(?P<first>\w{2,8}?)(?:至|到|-|—|－|–)+(?P<second>\w{2,4}?)"
    r"(?P<rest>(?:高速|城际|铁路|高铁|快速路|公路|市域).*)$"
)
_VOLTAGE = re.compile(r"^(?:±?\d+(?:千伏|KV|万伏))+")


@lru_cache(10_000)
def plain_keys(name: str, words: Words) -> tuple[str, ...]:
    """Give the key of a name, then of the name without brackets, voltage and words before it."""
    return tuple(dict.fromkeys(_keys(name[:_MAX_NAME], words)))


def _keys(name: str, words: Words) -> Iterator[str]:
    for text in (key(name), key(_BRACKETS.sub("", name))):
        yield text
        yield from without_lead(text, words)
    yield from _joined(name, words)


def without_lead(name_key: str, words: Words) -> Iterator[str]:
    """Yield a key without the words or the voltage that stand before the name (新建), if any do."""
    rest = _VOLTAGE.sub("", name_key)
    lead = next((lead for lead in words.leads if rest.startswith(lead)), "")
    rest = rest.removeprefix(lead)
    if rest != name_key and len(rest) >= _SHORTEST:
        yield rest


def _joined(name: str, words: Words) -> Iterator[str]:
    """Yield 甲乙高速 for 甲州至乙城高速公路: lines are named by the first letters of their ends."""
    match = _FROM_TO.match(name)
    if match is None:
        return
    first = next(without_lead(key(match["first"]), words), key(match["first"]))
    yield first[:1] + key(match["second"])[:1] + key(match["rest"])
