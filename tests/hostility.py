"""A plan in which every word that a document or a list of places can hold is hostile."""

from dataclasses import replace

import factories
from shapely.geometry import LineString, Point, box
from site_factories import Where, site

from geo.model import Locatable, PlacedWork, Precision, Quantity, Stage, Theme, Work
from layers.build import Plan

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\"'><svg onload=alert(3)>",
    "{{7*7}}${7*7}{%raw%}",
    "</script><script>alert(4)</script>",
    "</style></textarea></title><b>bold</b>",
    "line\u2028separator&amp;&lt;i&gt;",
)


def hostile_plan() -> Plan:
    """Give a plan with a point, a line, an area, a counted and an unlocated work, all hostile."""
    text = "重點工作\n" + "".join(f"建成{payload}大橋48座。\n" for payload in PAYLOADS)
    document = replace(
        factories.document(text, "hostile-2020", f"城{PAYLOADS[0]}"),
        title=f"標題{PAYLOADS[1]}",
        issuer=PAYLOADS[2],
    )
    works = []
    for number, payload in enumerate(PAYLOADS, start=2):
        passage = document.passages[number - 1]
        one = factories.work(document, number, f"{payload}大橋", Theme.PARK, Stage.START)
        works.append(
            replace(
                one,
                work_id=f'w{number}"><img src=x onerror=alert(9)>{{{{7*7}}}}',
                stage_words=payload,
                district=payload,
                section=payload,
                quantities=(Quantity(48, payload, payload, "48座"),),
                sentence=passage.text,
            )
        )
    return factories.plan(document, tuple(map(_placed, works, range(len(works)))))


def _placed(work: Work, number: int) -> PlacedWork:
    payload = PAYLOADS[number]
    geometries = (
        Point(120, 31.5),
        LineString([(119.6, 31.2), (120.2, 31.9)]),
        box(120, 31, 120.2, 31.2),
    )
    if number == len(PAYLOADS) - 1:
        return factories.unlocated(work, reason=payload)
    if number == len(PAYLOADS) - 2:
        placed = factories.placed(
            replace(work, locatable=Locatable.CITYWIDE_QUANTITY),
            factories.CITY,
            Precision.CITY,
            40_000,
        )
    else:
        precision = (Precision.STREET, Precision.SCHEMATIC, Precision.AREA)[number % 3]
        placed = factories.placed(work, geometries[number % 3], precision, 900)
    place = replace(
        placed.place,
        name=payload,
        name_hans=payload,
        within=payload,
        source=payload,
        licence=payload,
        note=payload,
        verified=False,
    )
    return replace(
        placed,
        place=place,
        located_by=payload,
        verified=False,
        district=payload,
        source=payload,
        licence=payload,
    )


def hostile_sites() -> Plan:
    """Give the hostile plan with a hostile site for each payload, all at one place, one beside it
    and a group: registers are as hostile as documents.
    """
    plan = hostile_plan()
    counted = next(one.work for one in plan.placed if one.precision is Precision.CITY)
    here: Where = (Point(120.3, 31.3), Precision.STREET, 200)
    beside: Where = (Point(119.7, 31.7), Precision.STREET, 200)
    places: list[Where | None] = [here] * len(PAYLOADS) + [beside, None, None]
    sites = [
        site(
            counted,
            number,
            f"{payload}廠",
            where,
            site_id=f's{number}"><img src=x onerror=alert(8)>',
            is_group=number == len(places) - 1,
            quantity=15.0,
            district=payload,
            **dict.fromkeys(("unit", "town", "status", "source", "licence", "note"), payload),
            register=payload,
        )
        for number, (payload, where) in enumerate(zip(PAYLOADS * 2, places, strict=False))
    ]
    return replace(plan, sites=tuple(replace(one, source=PAYLOADS[1]) for one in sites))
