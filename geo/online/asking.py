"""Ask one provider: from the cache if possible, at its pace, and no more once it refuses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.errors import OnlineError
from geo.online.answers import Answer, Question, Service
from geo.online.cache import Cache
from geo.online.pace import Pace
from geo.online.providers import Provider
from geo.online.settings import key_setting

_MOST_FAILURES_ON_END = 3
"""After so many unanswered questions in a row a provider is left alone for this build."""


@dataclass(slots=True)
class Asker:
    """Asks a provider for the places of a name, each question once in a build."""

    provider: Provider
    service: Service
    server: str
    pace: Pace
    cache: Cache
    _known: dict[Question, tuple[Answer, ...] | OnlineError] = field(default_factory=dict)
    _on_end: int = field(default=0, init=False)
    _given_up: OnlineError | None = field(default=None, init=False)

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Give the answers to a question.

        Raises
        ------
        OnlineError
            When the provider gave no usable answer, or is not asked any more.
        """
        if question not in self._known:
            self._known[question] = self._answers(question)
        known = self._known[question]
        if isinstance(known, OnlineError):
            raise known
        return known

    def warning(self) -> str:
        """Give one sentence about all questions without an answer, or ""."""
        failures = [known for known in self._known.values() if isinstance(known, OnlineError)]
        if not failures:
            return ""
        reasons = ", ".join(_counted(str(failure) for failure in failures))
        refused = any(failure.refused for failure in failures)
        return (
            f"{self.provider.title} left {len(failures)} of {len(self._known)} questions without "
            f"an answer ({reasons}), and those works without its help: "
            f"{self._advice() if refused else 'build again later'}."
        )

    def _advice(self) -> str:
        key = f"{key_setting(self.provider)} and " if self.provider.needs_key else ""
        return f"check {key}what this service allows you"

    def _answers(self, question: Question) -> tuple[Answer, ...] | OnlineError:
        kept = self.cache.get(self.server, question)
        if kept is not None:
            return kept
        if self._given_up:
            return self._given_up
        try:
            answers = self.pace.call(lambda: self.service.ask(question))
        except OnlineError as error:
            self._note(error)
            return error
        self._on_end = 0
        self.cache.put(self.server, question, answers)
        return answers

    def _note(self, error: OnlineError) -> None:
        self._on_end += 1
        if error.refused or self._on_end >= _MOST_FAILURES_ON_END:
            self._given_up = OnlineError(f"not asked again after {error}")


def _counted(reasons: Iterable[str]) -> Iterable[str]:
    for reason, count in Counter(reasons).items():
        yield f"{reason}, {count} times" if count > 1 else reason
