"""Sources, licences and owners are told from the rows, each once."""

from layers.attribution import LICENCE_TEXTS, Credit, credits_of, licences_of, owners_of
from layers.build import NOT_VERIFIED

OSM = Credit("OpenStreetMap station 市民中心", "ODbL-1.0")


def test_each_pair_is_told_once_in_order_of_its_licence() -> None:
    rows = [("b", "MIT"), ("a", "MIT"), ("b", "MIT"), (OSM.source, OSM.licence)]
    assert credits_of(rows) == (Credit("a", "MIT"), Credit("b", "MIT"), OSM)


def test_a_doubt_behind_a_source_is_no_part_of_it() -> None:
    assert credits_of([(f"{OSM.source} ({NOT_VERIFIED})", "ODbL-1.0")]) == (OSM,)


def test_a_row_without_a_source_has_no_credit_and_one_without_a_licence_says_so() -> None:
    assert credits_of([(None, None), ("", "MIT"), ("own estimate", None)]) == (
        Credit("own estimate", ""),
    )


def test_owners_are_named_where_their_data_is_and_nowhere_else() -> None:
    assert [owner.en for owner in owners_of([OSM])] == ["© OpenStreetMap contributors"]
    assert owners_of([Credit("own estimate", "MIT")]) == ()


def test_a_licence_comes_with_the_address_of_its_text() -> None:
    assert licences_of([OSM, OSM, Credit("x", "own terms"), Credit("y", "")]) == (
        f"ODbL-1.0 {LICENCE_TEXTS['ODbL-1.0']}",
        "own terms",
    )
