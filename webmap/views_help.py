"""The page that says how to read the map, in the reader's language."""

from flask import Blueprint, render_template

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
def help_page() -> str:
    """Say what the map shows, how sure it is, and what keys do."""
    return render_template("help.html")
