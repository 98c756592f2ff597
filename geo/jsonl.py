"""One work as one line of JSON: the form that `extract` prints and that scorers read."""

import json

from geo.model import Quantity, Work


def work_line(work: Work) -> str:
    """Write a work as a JSON object; `start` and `end` count characters of the decoded text."""
    row = {
        "id": work.work_id,
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


def _quantity(quantity: Quantity) -> dict[str, object]:
    return {
        "value": quantity.value,
        "unit": quantity.unit,
        "what": quantity.what,
        "text": quantity.text,
        "shared": quantity.shared,
    }
