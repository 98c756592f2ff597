"""Corrections in the words of a page: their state, and what they changed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from layers.edits.values import GEOMETRY, Edit, Status
from layers.schema import COLUMNS
from webmap.translation import gettext as _
from webmap.translation import title

_STATES: Final[Mapping[Status, Callable[[], str]]] = {
    Status.ACCEPTED: lambda: _("accepted"),
    Status.CONFLICT: lambda: _("in conflict"),
    Status.BUILT: lambda: _("decided for the build"),
    Status.CANDIDATE: lambda: _("new feature without a work"),
    Status.REVERTED: lambda: _("reverted"),
}
_TITLES: Final = {column.name: column.title for column in COLUMNS}


def edit_status(edit: Edit) -> str:
    """Say what has become of a correction, and whether a person should look at it again."""
    state = _STATES[edit.status]()
    return f"{state} · {_('stale')}" if edit.stale else state


def changed_words(fields: Iterable[str]) -> str:
    """Name what a correction changed."""
    names = [_("geometry") if field == GEOMETRY else title(_TITLES[field]) for field in fields]
    return _(", ").join(names)
