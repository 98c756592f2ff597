"""Names of uploaded files, which may be anything."""

from collections.abc import Container
from pathlib import PurePath
from typing import Final

_LONGEST: Final = 60


def safe_name(name: str, suffixes: Container[str], default: str) -> str:
    """Keep of a file's name what is letters, digits and dashes, and an ending that is read.

    Parts that are missing or not read are those of `default`.
    """
    given, usual = PurePath(name.replace("\\", "/")), PurePath(default)
    stem = "".join(one for one in given.stem if one.isalnum() or one in "-_")[:_LONGEST]
    suffix = given.suffix.lower()
    return (stem or usual.stem) + (suffix if suffix in suffixes else usual.suffix)
