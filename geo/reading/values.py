"""The values that pass from one step of reading to the next, each with what decided it.

Positions inside a clause count characters of its matching text (simplified script, half-width
signs, no spaces); `Source` leads back to the original document.
"""

from enum import StrEnum

from msgspec import Struct

from geo.model import Locatable, Quantity, Stage, Theme
from geo.reading.clauses import Source
from geo.reading.quantities import Amount
from geo.reading.vocabulary import Head


class Reason(StrEnum):
    """What became of a clause: the closed set of reasons in the ledger."""

    WORKS = "works"
    CHROME = "chrome"
    HEADING = "heading"
    REVIEWED = "reviewed"
    LATER_YEARS = "later_years"
    OWN_WORK = "government_itself"
    EVENT = "event"
    TITLE = "title"
    STATISTIC = "statistic"
    PEOPLE = "people"
    FIRM = "firm"
    POLICY = "policy"
    CONTEXT_REGION = "context_region"
    NO_PLACE_OR_COUNT = "no_place_or_count"
    NO_VERB = "no_verb"
    FIGURES = "figures_of_a_work"
    NOTHING_PROPOSED = "nothing_proposed"
    REFUSED = "proposal_refused"
    PARTLY_REFUSED = "works_and_refused_proposals"


class Decision(Struct, frozen=True, gc=False):
    """Why something was decided: the outcome, the name of the rule and the words it saw."""

    reason: Reason
    rule: str
    words: str


class Verb(Struct, frozen=True, gc=False):
    """A verb of the clause: its words, its class in the vocabulary, and where it stands."""

    word: str
    kind: str
    start: int
    end: int


class Predicate(Struct, frozen=True, gc=False):
    """What is promised: the verbs that open the promise, words before them, and their objects."""

    verbs: tuple[Verb, ...]
    where: str
    body_start: int
    body_end: int


class Item(Struct, frozen=True, gc=False):
    """One member of a list; `tail` is what its list says of all members (`等|旅游度假区建设`)."""

    start: int
    end: int
    group: int
    tail_start: int
    tail_end: int


class Noun(Struct, frozen=True, gc=False):
    """An item taken apart: [amount] prefix head after [actions] [amount] [final verb].

    `core_start`/`core_end` bound the name (`core` = prefix + head + after).
    """

    core_start: int
    core_end: int
    core: str
    head: Head | None
    prefix: str
    actions: tuple[Verb, ...]
    final: Verb | None
    amounts: tuple[Amount, ...]
    after: str


class Finding(Struct, frozen=True, gc=False):
    """One work as it was found, in the original's words and offsets, before it gets its id."""

    start: int
    end: int
    name: str
    places: tuple[str, ...]
    theme: Theme
    stage: Stage
    stage_words: str
    locatable: Locatable
    quantities: tuple[Quantity, ...]
    district: str
    decision: Decision


class ClauseReading(Struct, frozen=True, gc=False):
    """What was read in one clause: its works, or the decision that it has none.

    `predicate` and the `decisions` on each member of its list tell how it was come by.
    """

    source: Source
    decision: Decision
    findings: tuple[Finding, ...] = ()
    predicate: Predicate | None = None
    decisions: tuple[Decision, ...] = ()
