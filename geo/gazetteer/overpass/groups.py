"""Which features are asked for, in groups small enough for one question each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are asked for together: conditions on tags in Overpass QL."""

    title: str
    conditions: tuple[str, ...]
