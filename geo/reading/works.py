"""Step: findings of a clause into works with ids that last."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from geo.model import Clause, Document, Quantity, Work
from geo.reading.carrying import carry_kinds
from geo.reading.values import Finding
from geo.script import all_to_simplified, word_to_simplified

_MARKS = re.compile(r"[\s“”‘’「」『』《》\"']")


def build_works(document: Document, findings: Iterable[tuple[Clause, Finding]]) -> Iterator[Work]:
    """Make the works of all clauses, in order."""
    seen: Counter[str] = Counter()
    found = list(carry_kinds(findings))
    names = all_to_simplified(finding.name for _, finding in found)
    for (clause, finding), name in zip(found, names, strict=True):
        hans = _MARKS.sub("", name)
        key = "|".join((document.city, str(document.year or ""), hans))
        seen[key] += 1
        yield Work(
            work_id=_short_hash(key, finding.quantities, seen[key]),
            document_id=document.document_id,
            name=finding.name,
            name_hans=hans,
            places=finding.places,
            theme=finding.theme,
            stage=finding.stage,
            stage_words=finding.stage_words,
            locatable=finding.locatable,
            quantities=finding.quantities,
            district=finding.district,
            section=clause.section,
            passage=clause.passage,
            clause=clause.number,
            start=finding.start,
            end=finding.end,
            sentence=document.text[finding.start : finding.end],
        )


def _short_hash(key: str, quantities: tuple[Quantity, ...], ordinal: int) -> str:
    """Short hash of city, year, name, printed amounts, and the ordinal of a repeated one."""
    amounts = ",".join(f"{q.value:g}{word_to_simplified(q.unit)}" for q in quantities)
    words = "|".join((key, amounts, str(ordinal) if ordinal > 1 else ""))
    return hashlib.sha256(words.encode()).hexdigest()[:12]
