"""An online geocoder behind the gazetteer: its answers become places with an honest precision."""

import hashlib
from dataclasses import dataclass

from geo.errors import OnlineError
from geo.gazetteer import Gazetteer
from geo.gazetteer.drawing import draw
from geo.gazetteer.finding import Basis, Finding
from geo.model import Candidate, Locatable, Place, PlacedWork, Work
from geo.online.answers import Answer, Question
from geo.online.asking import Asker
from geo.online.judging import Judgement, judge, kind_of
from geo.online.naming import questions
from geo.script import to_simplified

_ID_DIGITS = 12
_MOST_CANDIDATES = 5
# Less than the gazetteer gives to a place of the name whose kind may fit.
_REFUSED_SCORE = 0.3
_UNKNOWN_KIND = "facility"


@dataclass(frozen=True, slots=True)
class OnlineGeocoder:
    """Asks one provider for the works of one city; `geo.online.judging` says what is believed."""

    asker: Asker
    gazetteer: Gazetteer

    def locate(self, work: Work) -> PlacedWork | None:
        """Give the work with the place that the provider knows, in EPSG:4326, or None."""
        answer = self._judgement(work).answer
        return self._placed(work, answer) if answer else None

    def reason(self, work: Work) -> str:
        """Say why the provider gave no place; "" where it was not asked."""
        reason = self._judgement(work).reason
        return f"{self.asker.provider.title} {reason}" if reason else ""

    def candidates(self, work: Work) -> tuple[Candidate, ...]:
        """Give the answers that were refused though they lie in the city, in their order."""
        judgement = self._judgement(work)
        refused = judgement.refused[:_MOST_CANDIDATES]
        return tuple(self._candidate(work, answer, judgement.reason) for answer in refused)

    def _judgement(self, work: Work) -> Judgement:
        city = self.gazetteer.city
        if work.locatable is Locatable.CITYWIDE_QUANTITY or city is None:
            return Judgement(None)
        told: list[Judgement] = []
        for text in questions(self.gazetteer, work):
            question = Question(text, city.name_hans, city.geometry.bounds)
            judgement = self._asked(work, question)
            if judgement.answer:
                return judgement
            told.append(judgement)
        return max(told, key=lambda judgement: len(judgement.refused), default=Judgement(None))

    def _asked(self, work: Work, question: Question) -> Judgement:
        try:
            answers = self.asker.ask(question)
        except OnlineError as error:
            return Judgement(None, f"gave no answer ({error})")
        return judge(self.gazetteer, work, question.text, answers)

    def _placed(self, work: Work, answer: Answer) -> PlacedWork:
        place = self._place(work, answer)
        words = f"{self.asker.provider.title}: {place.name}"
        drawing = draw(Finding(place, Basis.ONLINE, words), self.gazetteer)
        return PlacedWork(
            work=work,
            place=place,
            geometry=drawing.geometry,
            precision=drawing.precision,
            uncertainty_m=drawing.uncertainty_m,
            located_by=Finding(place, Basis.ONLINE, words).located_by,
            verified=place.verified,
            district=place.within,
            source=place.source,
            licence=place.licence,
        )

    def _candidate(self, work: Work, answer: Answer, reason: str) -> Candidate:
        place = self._place(work, answer)
        return Candidate(
            place_id=place.place_id,
            name=place.name,
            kind=answer.kind or place.kind or _UNKNOWN_KIND,
            within=place.within,
            precision=place.precision,
            source=place.source,
            licence=place.licence,
            score=_REFUSED_SCORE,
            reasons=(f"{self.asker.provider.title} {reason}",),
        )

    def _place(self, work: Work, answer: Answer) -> Place:
        """Make a place of an answer; one without a name is not verified."""
        provider = self.asker.provider
        name = answer.names[0] if answer.names else work.name
        return Place(
            place_id=f"{provider.name}:{answer.reference or _digest(answer, name)}",
            name=name,
            name_hans=to_simplified(name),
            aliases=answer.names[1:],
            kind=kind_of(self.gazetteer, work.theme, answer),
            geometry=answer.point,
            precision=answer.precision,
            uncertainty_m=answer.uncertainty_m,
            within=self._district(answer),
            verified=bool(answer.names),
            source=provider.source,
            licence=provider.licence,
            note="",
        )

    def _district(self, answer: Answer) -> str:
        holders = (d for d in self.gazetteer.districts if d.geometry.covers(answer.point))
        return next((district.name_hans for district in holders), "")


def _digest(answer: Answer, name: str) -> str:
    told = f"{name} {answer.longitude:.5f} {answer.latitude:.5f}"
    return hashlib.sha256(told.encode()).hexdigest()[:_ID_DIGITS]
