"""One work, or one row of the ledger, as one line of JSON: what `extract` prints, scorers read."""

import json

from geo.measures import measure
from geo.model import LedgerRow, Quantity, Work


def work_line(work: Work) -> str:
    """Write a work as a JSON object; `start` and `end` count characters of the decoded text."""
    row = {
        "id": work.work_id,
        "document_id": work.document_id,
        "start": work.start,
        "end": work.end,
        "name": work.name,
        "places": list(work.places),
        "theme": work.theme.value,
        "stage": work.stage.value,
        "stage_words": work.stage_words,
        "locatable": work.locatable.value,
        "quantities": [_quantity(quantity) for quantity in work.quantities],
        "district": work.district,
        "clause": work.clause,
    }
    return json.dumps(row, ensure_ascii=False)


def ledger_line(row: LedgerRow, document_id: str) -> str:
    """Write what became of a clause as a JSON object; `works` are the ids of the works it gave."""
    clause = row.clause
    fields = {
        "document_id": document_id,
        "number": clause.number,
        "passage": clause.passage,
        "section": clause.section,
        "start": clause.start,
        "end": clause.end,
        "text": clause.text,
        "reason": row.reason,
        "works": list(row.works),
    }
    return json.dumps(fields, ensure_ascii=False)


def _quantity(quantity: Quantity) -> dict[str, object]:
    normalised = measure(quantity)
    return {
        "value": quantity.value,
        "unit": quantity.unit,
        "si_value": normalised.value,
        "si_unit": normalised.unit,
        "what": quantity.what,
        "text": quantity.text,
        "shared": quantity.shared,
    }
