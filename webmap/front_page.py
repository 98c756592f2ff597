"""The page that lists the plans of a file that holds several, each with what is known of it."""

from flask import render_template, request

from webmap.plans import facts_of
from webmap.views_shared import snapshot


def is_front_page() -> bool:
    """Tell whether an address asks for nothing in particular, where there are plans to choose."""
    return len(snapshot().documents) > 1 and not set(request.args) - {"lang"}


def front_page() -> str:
    """Show all plans as cards, each leading to its map."""
    return render_template("front.html", plans=facts_of(snapshot()))
