"""Another reader in place of the rules: what it is asked, what it may propose, how it is loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from geo.errors import ExtractorError
from geo.model import Clause, Quantity


@dataclass(frozen=True, slots=True)
class ProposedWork:
    """A work that an extractor sees in a clause; `geo.reading.proposals` checks each word of it.

    `places`, `stage_words` and `district` are exact substrings of the clause, as are the `text`s of
    the quantities; `theme`, `stage` and `locatable` are values of the enumerations in `geo.model`.
    """

    name: str
    places: tuple[str, ...]
    theme: str
    stage: str
    stage_words: str
    locatable: str
    quantities: tuple[Quantity, ...] = ()
    district: str = ""


class Extractor(Protocol):
    """Gives the works that a clause promises; asked once for each clause that may promise any."""

    def __call__(self, clause: Clause) -> Iterable[ProposedWork]:
        """Propose the works of a clause (none for an empty iterable)."""


def load_extractor(reference: str) -> Extractor:
    """Import the extractor that `reference` (`package.module:name`) names.

    Raises
    ------
    ExtractorError
        There is no such module or name in it, its import fails, or it cannot be called.
    """
    module_name, _, name = reference.partition(":")
    if not module_name or not name or module_name.startswith("."):
        raise ExtractorError(f"{reference!r} names no extractor: write it as package.module:name.")
    try:
        extractor: Extractor = getattr(import_module(module_name), name)
    except AttributeError as error:
        raise ExtractorError(f"{reference}: {error_words(error)}; check the name.") from error
    except Exception as error:
        raise ExtractorError(
            f"{reference} cannot be imported ({error_words(error)}); check the module's name, or "
            "run this where Python finds it."
        ) from error
    if not callable(extractor):
        raise ExtractorError(f"{reference} cannot be called: name a function or a callable object.")
    return extractor


def error_words(error: Exception) -> str:
    """Say in one line of at most 200 characters which error came from another's code."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
