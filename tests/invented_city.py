"""An invented city with two districts, and works to place in it."""

from dataclasses import replace

from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.geocode import GazetteerGeocoder, place_works
from geo.model import Locatable, Place, PlacedWork, Precision, Stage, Theme, Work

EAST, WEST = box(120.0, 31.0, 120.6, 32.0), box(119.0, 31.0, 120.0, 32.0)
CITY = box(119.0, 31.0, 120.6, 32.0)
LINE = LineString([(120.1, 31.2), (120.3, 31.4), (120.5, 31.4)])
RIVER = LineString([(120.0, 32.0), (120.6, 32.0)])


def place(
    name: str,
    kind: str,
    geometry: BaseGeometry,
    precision: Precision = Precision.APPROXIMATE,
    uncertainty_m: float = 1000,
) -> Place:
    """Make a place that no district holds."""
    return Place(
        place_id=f"{kind}-{name}",
        name=name,
        name_hans=name,
        aliases=(),
        kind=kind,
        geometry=geometry,
        precision=precision,
        uncertainty_m=uncertainty_m,
        within="",
        verified=True,
        source="survey",
        licence="CC0-1.0",
        note="",
    )


def held(one: Place, within: str, *aliases: str) -> Place:
    """Put a place in a district and give it other names."""
    return replace(one, within=within, aliases=aliases)


PLACES = (
    held(place("甲市", "city", CITY), "", "甲", "全市"),
    held(place("市区", "urban_districts", EAST), "", "城区"),
    held(place("东山区", "district", EAST), "东山区", "东山"),
    held(place("西州市", "county_city", WEST), "西州市", "西州"),
    held(place("东山", "hill", Point(120.2, 31.6)), "东山区"),
    held(place("地铁1号线一期", "metro_line", LINE, Precision.SURVEYED, 50), "", "地铁1号线"),
    place("地铁2号线", "metro_line", LINE, Precision.SURVEYED, 50),
    place(
        "甲乙高速公路", "expressway", LineString([(119.5, 31.1), (121, 31.1)]), Precision.SCHEMATIC
    ),
    place("青川路", "road", LINE, Precision.SCHEMATIC, 1500),
    place("南湖", "lake", box(120.5, 31.5, 121.0, 31.8), Precision.APPROXIMATE, 500),
    held(place("北塘新城", "new_town", Point(120.3, 31.9), Precision.AREA, 3000), "东山区"),
    held(place("白石镇", "town", Point(119.4, 31.4)), "西州市", "白石"),
    held(place("红梅厂", "industrial_project", Point(120.3, 31.5), Precision.AREA, 9000), "东山区"),
    held(place("云岭湿地", "wetland", Point(120.4, 31.3), Precision.AREA, 4000), "东山区"),
    held(place("江岸", "river", RIVER, Precision.AREA, 3000), "东山区", "沿江"),
    held(place("丙国工业园", "industrial_park", Point(103.5, 10.6), Precision.AREA, 5000), "丙国"),
    held(place("双塔", "heritage_site", Point(120.2, 31.1), Precision.STREET, 100), "东山区"),
    held(place("双塔", "museum", Point(119.3, 31.1), Precision.STREET, 100), "西州市"),
    held(place("三塔", "heritage_site", Point(120.2, 31.2), Precision.STREET, 100), "东山区"),
    held(place("三塔", "museum", Point(120.4, 31.1), Precision.STREET, 100), "东山区"),
)


def geocoder(*more: Place) -> GazetteerGeocoder:
    """Make a geocoder of the invented city, with more places."""
    return GazetteerGeocoder(Gazetteer("甲", (*PLACES, *more), load_kinds(), load_words()))


GEOCODER = geocoder()


def work(
    name: str,
    theme: Theme = Theme.OTHER,
    *places: str,
    locatable: Locatable = Locatable.EXACT_NAMED,
    district: str = "",
) -> Work:
    """Make a work that is to be placed."""
    return Work(
        work_id="甲-1",
        document_id="甲",
        name=name,
        name_hans=name,
        places=places,
        theme=theme,
        stage=Stage.UNDER_CONSTRUCTION,
        stage_words="",
        locatable=locatable,
        quantities=(),
        district=district,
        section="",
        passage=1,
        clause=1,
        start=0,
        end=1,
        sentence=name,
    )


def placed(one: Work, by: GazetteerGeocoder = GEOCODER) -> PlacedWork:
    """Place one work."""
    (result,) = place_works([one], by)
    return result
