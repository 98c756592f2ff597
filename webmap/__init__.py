"""From layers to the web."""

from collections.abc import Mapping

from flask import Flask

from webmap import (
    assets,
    delivery,
    plan_menu,
    security,
    settings,
    signing_in,
    translation,
    views_adding,
    views_brief,
    views_correcting,
    views_data,
    views_download,
    views_edits,
    views_errors,
    views_help,
    views_map,
    views_pages,
    views_plans,
    views_share,
    views_shared,
    views_signing_in,
    views_statistics,
    views_text,
)
from webmap.adding import service
from webmap.store import WorksStore

__all__ = ["create_app"]


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Make the web application that shows the works of one file or database.

    Settings come from `config`, then from the environment (`PLANNED_WORKS_...`), then a default:
    WORKS_FILE, BASE_MAP_URL, BASE_MAP_ATTRIBUTION, BASE_MAP_CRS, EDIT_TOKEN.

    Raises
    ------
    SettingError
        When a setting has a value that cannot be used.
    LayersError
        When the works file is missing, damaged or foreign, or the database cannot be read.
    """
    app = Flask(__name__)
    settings.apply(app, config)
    works = WorksStore(settings.works_file(app.config))
    app.config["WORKS_FILE"] = str(works.origin)  # an address may hold a password
    app.extensions["works"] = works
    for part in (
        *(delivery, security, translation, assets, signing_in),
        *(views_shared, plan_menu, views_download),
    ):
        part.init_app(app)
    service.init_app(app, works.origin)
    for views in (
        *(views_map, views_text, views_pages, views_plans, views_brief, views_statistics),
        *(views_share, views_data, views_download, views_help),
        *(views_signing_in, views_edits, views_adding, views_correcting),
    ):
        app.register_blueprint(views.blueprint)
    views_errors.init_app(app)
    return app
