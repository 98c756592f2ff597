"""Sentences for people, apart from their values, so that the web can say them in its languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """English words with named gaps, such as `%(name)s is there twice`, and what fills them."""

    words: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        """Give the sentence in English."""
        return self.words % self.values


def say(words: str, /, **values: object) -> Sentence:
    """Make a sentence; `words` stand in the code as they are, so that catalogues can list them."""
    return Sentence(words, values)
