"""The sides of a comparison: what was built into a file, and what is built now."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import shapely

from geo.crs import to_wgs84
from layers.build import Plan, all_features, plain_source
from layers.built import editable_values
from layers.edits.values import State

Record = Mapping[str, Any]
"""A row of a table by column, None for what is missing."""


def built_states(
    built: Iterable[Record], texts: Mapping[str, Record], crs: str
) -> dict[str, State]:
    """Give the works and sites as the table `built` of a file has them.

    Parameters
    ----------
    built
        Rows of the table, with geometries in `crs`.
    texts
        By id, the row of the table `works` (that of its counted work for a site) with its words.

    Raises
    ------
    ValueError
        When a row of the table is damaged.
    """
    states = {}
    for row in built:
        wkb = row["geometry"]
        shape = to_wgs84(shapely.from_wkb(wkb), crs) if isinstance(wkb, bytes) else None
        text = texts.get(row["work_id"], {})
        words = str(text.get("document_id", "")), str(text.get("sentence", ""))
        states[row["work_id"]] = State(shape, plain(json.loads(row["attributes"])), *words)
    return states


def texts_of(works: Iterable[Record], sites: Iterable[Record]) -> dict[str, Record]:
    """Give the row of the table `works` that holds the words of each work and site, by id."""
    own = {row["work_id"]: row for row in works}
    lent = {row["site_id"]: own[row["part_of"]] for row in sites if row["part_of"] in own}
    return {**own, **lent}


def now_states(plans: Iterable[Plan]) -> dict[str, State]:
    """Give the works and sites as they are built now."""
    states = {}
    for feature in all_features(tuple(plans)):
        work = feature.work.work
        values = plain(editable_values(feature))
        states[work.work_id] = State(feature.geometry, values, work.document_id, work.sentence)
    return states


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as they are compared: the source without the doubt that a layer adds to it."""
    source = values.get("source")
    return {**values, "source": plain_source(source)} if source else dict(values)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table by column."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
