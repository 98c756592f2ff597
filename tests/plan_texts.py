"""What tests of a plan's text share: its cards, its page, the words that a reader sees."""

import html
import re
from pathlib import Path

import factories
from flask.testing import FlaskClient

from layers.build import Plan
from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.cards import DocumentCard, WorkCard, document_cards, work_cards
from webmap.clause_cards import ClauseCard, clause_cards
from webmap.text_parts import PlanText


def client_of(folder: Path, *plans: Plan) -> FlaskClient:
    """Serve plans from a file in a folder."""
    path = folder / "works.gpkg"
    write_geopackage(path, list(plans))
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


def cards(plan: Plan) -> tuple[DocumentCard, tuple[WorkCard, ...], tuple[ClauseCard, ...]]:
    """Give what a page knows of one plan."""
    tables = factories.tables_of(plan)
    (document,) = document_cards(tables["documents"])
    works = work_cards(tables["works"], tables["quantities"], tables["places"])
    return document, works, clause_cards(tables["clauses"]).get(document.document_id, ())


def words_of(text: PlanText) -> str:
    """Give all words of the parts that are shown."""
    lines = (line for part in text.parts for line in part.lines or ())
    return "".join(stretch.text for line in lines for stretch in line.stretches)


def texts(markup: str) -> str:
    """Give what a reader sees of markup, without the white space that templates put between."""
    return html.unescape(re.sub("<[^>]*>", "", markup))
