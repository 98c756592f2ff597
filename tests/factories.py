"""Hand-made readings and placed works of invented cities, for the tests of layers and pages."""

import hashlib
from dataclasses import replace

import pandas as pd
from shapely import wkt
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.model import (
    Candidate,
    Clause,
    Document,
    LedgerRow,
    Locatable,
    Passage,
    Place,
    PlacedWork,
    Precision,
    Quantity,
    Reading,
    Stage,
    Theme,
    Work,
)
from layers.build import Plan, build_layers
from layers.records import build_tables

CITY = box(119.5, 31.0, 120.5, 32.0)

SENTENCES = (
    "確保地鐵1號線一期建成通車。",
    "加快推進甲乙高速公路建設。",
    "實施東山景區提升。",
    "完成48座污水處理廠提標改造。",
    "開工建設南湖大橋。",
    "推進丙國工業園前期工作。",
    "謀劃北塘新城。",
    "進一步優化營商環境。",
)
TEXT = "甲市2020年重點工作\n" + "\n".join(SENTENCES) + "\n"


def place(
    place_id: str,
    geometry: BaseGeometry,
    precision: Precision = Precision.SURVEYED,
    uncertainty_m: float = 30,
) -> Place:
    """Make a place with its id as its name."""
    return Place(
        place_id=place_id,
        name=place_id,
        name_hans=place_id,
        aliases=(),
        kind="city" if precision is Precision.CITY else "feature",
        geometry=geometry,
        precision=precision,
        uncertainty_m=uncertainty_m,
        within="",
        verified=True,
        source="field survey",
        licence="CC0-1.0",
        note="",
    )


def document(text: str = TEXT, document_id: str = "jia-2020", city: str = "甲市") -> Document:
    """Make a document whose passages are its lines."""
    passages, start = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        words = line.rstrip("\r\n")
        passages.append(Passage(number, start, start + len(words), words, "一、重點工作"))
        start += len(line)
    return Document(
        document_id=document_id,
        title=f"{city}2020年重點工作",
        city=city,
        year=2020,
        issuer=f"{city}人民政府",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        passages=tuple(passages),
    )


def work(doc: Document, number: int, name: str, theme: Theme, stage: Stage) -> Work:
    """Make a work whose sentence is the passage of that number."""
    passage = doc.passages[number - 1]
    return Work(
        work_id=f"{doc.document_id}-{number:03}",
        document_id=doc.document_id,
        name=name,
        name_hans=name,
        places=(name,) if name in passage.text else (),
        theme=theme,
        stage=stage,
        stage_words="建成",
        locatable=Locatable.EXACT_NAMED,
        quantities=(),
        district="",
        section=passage.section,
        passage=number,
        clause=number,
        start=passage.start,
        end=passage.end,
        sentence=passage.text,
    )


def placed(
    one: Work,
    geometry: BaseGeometry,
    precision: Precision = Precision.SURVEYED,
    uncertainty_m: float = 30,
) -> PlacedWork:
    """Put a work on the map, at a place of its own."""
    where = place(f"place-{one.work_id}", geometry, precision, uncertainty_m)
    return PlacedWork(
        work=one,
        place=where,
        geometry=geometry,
        precision=precision,
        uncertainty_m=uncertainty_m,
        located_by=f"name {one.name}",
        verified=True,
        district="東區",
        source=where.source,
        licence=where.licence,
    )


def unlocated(one: Work, reason: str = "no such name in the gazetteer") -> PlacedWork:
    """Leave a work off the map, with its reason."""
    return PlacedWork(one, None, None, Precision.UNLOCATED, None, reason, False, "", "", "")


def candidate(name: str, score: float, *reasons: str) -> Candidate:
    """Make a place that a work may lie at."""
    return Candidate(
        place_id=f"place-{name[:20]}",
        name=name,
        kind="park",
        within="东区",
        precision=Precision.STREET,
        source="field survey",
        licence="CC0-1.0",
        score=score,
        reasons=reasons,
    )


def reading(doc: Document, works: tuple[Work, ...]) -> Reading:
    """Make a reading whose clauses are the document's passages."""
    rows = []
    for passage in doc.passages:
        clause = Clause(
            passage.number,
            passage.number,
            passage.start,
            passage.end,
            passage.text,
            passage.section,
        )
        own = tuple(one.work_id for one in works if one.clause == passage.number)
        rows.append(LedgerRow(clause, "" if own else "policy", own))
    return Reading(doc, works, tuple(rows))


def plan(doc: Document, works: tuple[PlacedWork, ...]) -> Plan:
    """Make the plan of works that are already placed."""
    return Plan(reading(doc, tuple(one.work for one in works)), works)


def tables_of(*plans: Plan) -> dict[str, pd.DataFrame]:
    """Give the tables without geometry of plans, as a file in EPSG:4326 holds them."""
    return build_tables(plans, build_layers(plans), crs="EPSG:4326")


def example() -> Plan:
    """Give a plan with one work of each precision, in all three geometry families."""
    doc = document()
    metro = work(doc, 2, "地鐵1號線一期", Theme.METRO, Stage.OPEN_TO_SERVICE)
    motorway = work(doc, 3, "甲乙高速公路", Theme.EXPRESSWAY, Stage.UNDER_CONSTRUCTION)
    hill = work(doc, 4, "東山景區", Theme.TOURISM, Stage.ONGOING)
    plants = work(doc, 5, "48座污水處理廠提標改造", Theme.SEWAGE, Stage.COMPLETE)
    plants = replace(
        plants,
        locatable=Locatable.CITYWIDE_QUANTITY,
        quantities=(
            Quantity(48, "座", "污水處理廠", "48座"),
            Quantity(1.5, "億元", "", "1.5億元", shared=True),
        ),
    )
    bridge = work(doc, 6, "南湖大橋", Theme.BRIDGE_CROSSING, Stage.START)
    abroad = work(doc, 7, "丙國工業園", Theme.INDUSTRY, Stage.PRELIMINARY_WORK)
    town = work(doc, 8, "北塘新城", Theme.NEW_TOWN, Stage.PLAN)
    track = LineString([(119.8, 31.3), (120.0, 31.5), (120.2, 31.5)])
    route = LineString([(119.6, 31.9), (120.4, 31.1)])
    slope = Polygon([(120.1, 31.7), (120.3, 31.75), (120.25, 31.9), (120.1, 31.85)])
    return plan(
        doc,
        (
            placed(metro, track),
            placed(motorway, route, Precision.SCHEMATIC, 3000),
            placed(hill, slope, Precision.AREA, 4000),
            placed(plants, CITY, Precision.CITY, 40000),
            placed(bridge, Point(119.9, 31.35), Precision.APPROXIMATE, 900),
            placed(abroad, MultiPoint([(103.6, 10.6)]), Precision.OUTSIDE, 2000),
            unlocated(town),
        ),
    )


def hostile() -> Plan:
    """Give a plan whose names and sentences are markup, quotes and template braces."""
    name = "<script>alert(1)</script>'\"{{7*7}}<img src=x onerror=alert(2)>"
    doc = document(f"甲市2020年重點工作\n建成{name}。\n", "hostile-2020")
    one = work(doc, 2, name, Theme.PARK, Stage.COMPLETE)
    return plan(doc, (placed(one, wkt.loads("POINT (120 31.5)")),))
