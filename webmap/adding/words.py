"""What pages say of a draft: its state, the step that it is at, and why it has failed."""

from collections.abc import Callable, Mapping
from typing import Final

from webmap.adding.drafts import Draft, Progress, State
from webmap.translation import gettext as _

_STATES: Final[Mapping[State, Callable[[], str]]] = {
    State.WAITING: lambda: _("waiting"),
    State.READING: lambda: _("being read"),
    State.READY: lambda: _("ready to be looked through"),
    State.FAILED: lambda: _("failed"),
    State.PUBLISHING: lambda: _("being published"),
    State.PUBLISHED: lambda: _("published"),
}

_STEPS: Final[Mapping[str, Callable[[], str]]] = {
    "": lambda: _("Waiting for other plans"),
    "text": lambda: _("Taking the text out of the file"),
    "reading": lambda: _("Reading clauses"),
    "placing": lambda: _("Placing works"),
    "publishing": lambda: _("Building all plans anew"),
}

_FAILURES: Final[Mapping[str, Callable[[], str]]] = {
    "CityUnknownError": lambda: _("The text does not name its city: say which it is."),
    "DocumentTooLargeError": lambda: _("The file holds more than any plan: give the plan alone."),
    "DocumentEncodingError": lambda: _(
        "The file is no text in a known encoding: save it as UTF-8 and try again."
    ),
    "DocumentError": lambda: _("The file cannot be read as a plan."),
    "SchemaError": lambda: _(
        "Works of this plan are in the served file already: the same city and year promise them."
    ),
    "EditsError": lambda: _("The served file cannot be built anew here."),
    "OutputError": lambda: _("The served file cannot be written."),
}


def state_words(draft: Draft) -> str:
    """Say where a draft is on its way."""
    return _STATES[draft.state]()


def step_words(progress: Progress) -> str:
    """Say what a job is at."""
    return _STEPS.get(progress.step, _STEPS[""])()


def failure_words(progress: Progress) -> str:
    """Say why a draft has failed; the program's own sentence stands beside it."""
    known = _FAILURES.get(progress.kind)
    return known() if known else _("Something went wrong with this plan; the log says what.")
