"""The plain spellings of a work's name: without what stands before it or in brackets."""

import re
from collections.abc import Iterator
from functools import lru_cache

from geo.gazetteer.names import key
from geo.gazetteer.vocabulary import Words

_MAX_NAME = 120
_SHORTEST = 3
_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_VOLTAGE = re.compile(r"^(?:±?\d+(?:千伏|KV|万伏))+")


@lru_cache(10_000)
def plain_keys(name: str, words: Words) -> tuple[str, ...]:
    """Give the key of a name, then of the name without brackets, voltage and words before it."""
    return tuple(dict.fromkeys(_keys(name[:_MAX_NAME], words)))


def _keys(name: str, words: Words) -> Iterator[str]:
    for text in (key(name), key(_BRACKETS.sub("", name))):
        yield text
        rest = _VOLTAGE.sub("", text)
        lead = next((lead for lead in words.leads if rest.startswith(lead)), "")
        rest = rest.removeprefix(lead)
        if len(rest) >= _SHORTEST:
            yield rest
