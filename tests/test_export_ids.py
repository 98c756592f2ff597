"""A set of ids that is packed holds what it was given, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from layers.export.ids import Ids

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(texts)), st.lists(texts))
def test_packed_ids_are_found_and_others_are_not(
    batches: list[list[str]], asked: list[str]
) -> None:
    given_ids = {one for batch in batches for one in batch}
    ids = Ids(batches)
    assert len(ids) == len(given_ids)
    assert ids.among(asked).tolist() == [one in given_ids for one in asked]
    assert all(one in ids for one in given_ids)


def test_nothing_is_among_no_ids() -> None:
    assert "a" not in Ids([])
    assert Ids([["a"]]).among([]).tolist() == []
    assert 5 not in Ids([["5"]])


def test_an_id_of_any_length_takes_the_same_room() -> None:
    long = "x" * 1_000_000
    assert long in Ids([[long, "y"]])
