"""Whether the server takes anything at all: only into a file, and only where a token is set."""

from pathlib import Path

from flask import current_app

from geo.sentences import say
from layers.origin import GeoPackageOrigin
from webmap.refusing import NOT_FOUND, Refusal
from webmap.store import works_store

MOST_BYTES = 64_000_000
"""Size of an upload: a works file of a city has a few MB."""


def is_enabled() -> bool:
    """Tell whether the server takes corrections and plans.

    What is published in a database is edited there.
    """
    return bool(current_app.config["EDIT_TOKEN"]) and served_file() is not None


def served_file() -> Path | None:
    """Give the works file that is served; None where the works come from a database."""
    origin = works_store().origin
    return origin.path if isinstance(origin, GeoPackageOrigin) else None


def refuse_disabled() -> None:
    """Answer that there is no such page here, and how its keeper makes it appear."""
    if served_file() is None:
        raise Refusal(
            NOT_FOUND,
            say(
                "This server shows a database: corrections and new plans need a works file that "
                "is served (planned-works serve works.gpkg)."
            ),
        )
    if not is_enabled():
        raise Refusal(
            NOT_FOUND,
            say(
                "This server only reads. Whoever keeps it can switch editing on: set "
                "PLANNED_WORKS_EDIT_TOKEN to a secret and start it again."
            ),
        )


def file_to_write() -> Path:
    """Give the works file that is served; refuse where there is none."""
    refuse_disabled()
    path = served_file()
    if path is None:
        raise AssertionError("refused above")
    return path
