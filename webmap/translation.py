"""Interface texts in the three languages of the product, read from gettext catalogues.

Messages are written in English in code and templates. To renew the catalogues after a change:
`pybabel extract -F webmap/translations/babel.cfg -k say -o messages.pot --omit-header webmap
layers/edits` and
`pybabel update -i messages.pot -d webmap/translations --no-fuzzy-matching --ignore-obsolete`.
"""

import gettext as gettext_module
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, g, request

from geo.sentences import Sentence
from layers.titles import Title

LANGUAGES = {"zh-Hans": "简", "zh-Hant": "繁", "en": "EN"}
"""Tag and short name of each language, the default first."""

DEFAULT = "zh-Hans"
COOKIE = "lang"
_YEAR_S = 365 * 24 * 3600
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def init_app(app: Flask) -> None:
    """Choose a language for each request and give templates their texts in it."""
    app.before_request(_choose)
    app.after_request(_remember)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        languages=LANGUAGES, language=language, title=title, sentence=sentence
    )


def language() -> str:
    """Give the language tag of the present request."""
    return str(g.get("language", DEFAULT))


def gettext(message: str) -> str:
    """Give a message in the language of the request."""
    return catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Give a counted message in the language of the request."""
    return catalogue(language()).ngettext(singular, plural, count)


def sentence(said: Sentence | str) -> str:
    """Give a sentence in the language of the request, with the sentences that it is made of."""
    if isinstance(said, str):
        return said
    values = {
        name: sentence(value) if isinstance(value, Sentence) else value
        for name, value in said.values.items()
    }
    return gettext(said.words) % values


def title(value: Title) -> str:
    """Give the name of a coded value in the language of the request."""
    return value.in_language(language())


@cache
def catalogue(tag: str) -> gettext_module.GNUTranslations:
    """Read the catalogue of one language; it is compiled in memory, never on disk."""
    with catalogue_path(tag).open("rb") as file:
        catalog = read_po(file, locale=tag.replace("-", "_"))
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)


def catalogue_path(tag: str) -> Path:
    """Path of the text catalogue of one language."""
    folder = Path(__file__).parent / "translations" / tag.replace("-", "_")
    return folder / "LC_MESSAGES" / "messages.po"


def negotiate(asked: str | None, remembered: str | None, accepted: list[str]) -> str:
    """Choose a language: the address first, then the cookie, then what the browser accepts."""
    for tag in (asked, remembered):
        if tag in LANGUAGES:
            return str(tag)
    return next(filter(None, map(_language_of, accepted)), DEFAULT)


def _language_of(tag: str) -> str | None:
    lowered = tag.lower()
    if lowered.startswith(_TRADITIONAL):
        return "zh-Hant"
    return {"zh": "zh-Hans", "en": "en"}.get(lowered.split("-")[0])


def _choose() -> None:
    g.language = negotiate(
        request.args.get("lang"),
        request.cookies.get(COOKIE),
        [tag for tag, _ in request.accept_languages],
    )


def _remember(response: Response) -> Response:
    if request.args.get("lang") in LANGUAGES:
        response.set_cookie(
            COOKIE, language(), max_age=_YEAR_S, samesite="Lax", httponly=True, path="/"
        )
    response.vary.update(("Accept-Language", "Cookie"))
    return response
