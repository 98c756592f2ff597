"""Makes one thing of its pieces: roads along their name, areas of one name side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.spool import Group, Spool
from geo.gazetteer.names import key
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Precision

Shapes = NDArray[np.object_]
Pairs = NDArray[np.int64]

_METRES_PER_DEGREE = 111_000
# So many pieces are compared each with each; for more a tree is built.
_FEW = 8
_MOST_ALIASES = 30
_MOST_NOTED = 5
_RANKS = {precision: rank for rank, precision in enumerate(Precision)}
# What a thing of this extent is best drawn as: a river as its line, a lake as its surface.
_BEST_DIMENSIONS = {"line": (1, 2, 0), "site": (2, 1, 0), "area": (2, 1, 0)}


def merged(spool: Spool) -> Iterator[Feature]:
    """Yield the whole things that the spooled pieces make.

    Pieces of one kind and name are one thing where each lies within `merge_m` metres (about: by
    degrees) of another. A road that bears a number all along, and alone, has it as another name;
    any other number is a road of its own, made of all pieces that bear it.
    """
    for group in spool.groups():
        if group.of_ref:
            if _sole_name(group, spool) is None:
                yield from (_numbered(one) for one in _things(group.pieces))
            continue
        own = tuple(ref for ref in group.pieces[0].refs if _is_whole(group, ref, spool))
        yield from (_also_called(one, own) for one in _things(group.pieces))


def _things(pieces: Sequence[Feature]) -> Iterator[Feature]:
    for cluster in _clusters(pieces):
        yield _joined([pieces[index] for index in cluster])


def _is_whole(group: Group, ref: str, spool: Spool) -> bool:
    """Whether the pieces of a name are exactly those that bear the number."""
    if not all(ref in piece.refs for piece in group.pieces):
        return False
    kind = group.pieces[0].kind
    return spool.size(kind, key(ref), of_ref=True) == len(group.pieces)


def _sole_name(group: Group, spool: Spool) -> str | None:
    """Give the key of the name whose pieces are exactly those of a number's group, or None.

    `aliases` of a numbered piece begin with the name of the road.
    """
    names = {key(piece.aliases[0]) if piece.aliases else "" for piece in group.pieces}
    name = names.pop()
    if names or not name:
        return None
    same = spool.size(group.pieces[0].kind, name, of_ref=False) == len(group.pieces)
    return name if same else None


def _numbered(road: Feature) -> Feature:
    """Give a road that is known by its number: the names of its pieces are not its own."""
    return _also_called(replace(road, aliases=()), ())


def _also_called(one: Feature, refs: Iterable[str]) -> Feature:
    """Add the numbers of a road, and for motorways the words that usually follow them."""
    others = [*one.aliases]
    for ref in refs:
        others += [ref, f"{ref}{one.name}"]
    if one.kind == "expressway":
        others += [f"{ref}高速公路" for ref in (*refs, one.name) if ref.isascii()]
    if len(others) == len(one.aliases):
        return one
    return replace(one, aliases=tuple(dict.fromkeys(others)))


def _clusters(pieces: Sequence[Feature]) -> list[list[int]]:
    """Give the indices of the pieces that hang together, in their order."""
    distance = max(piece.merge_m for piece in pieces) / _METRES_PER_DEGREE
    if len(pieces) == 1 or not distance:
        return [[index] for index in range(len(pieces))]
    shapes = np.array([piece.geometry for piece in pieces])
    leaders = _leaders(_near_pairs(shapes, distance), len(pieces))
    clusters: dict[int, list[int]] = {}
    for index, leader in enumerate(leaders):
        clusters.setdefault(leader, []).append(index)
    return list(clusters.values())


def _near_pairs(shapes: Shapes, distance: float) -> Pairs:
    """Give the indices of all pairs that lie within a distance, each shape with itself as well."""
    if len(shapes) > _FEW:
        tree = shapely.STRtree(shapes)
        return np.asarray(tree.query(shapes, predicate="dwithin", distance=distance))
    near = shapely.dwithin(shapes[:, np.newaxis], shapes[np.newaxis, :], distance)
    return np.array(np.nonzero(near))


def _leaders(pairs: Pairs, count: int) -> list[int]:
    """Give for each piece the first piece of those that hang together with it."""
    leaders = np.arange(count)
    while True:
        nearer = leaders.copy()
        np.minimum.at(nearer, pairs[0], leaders[pairs[1]])
        nearer = nearer[nearer]
        if (nearer == leaders).all():
            return [int(leader) for leader in leaders]
        leaders = nearer


def _joined(pieces: Sequence[Feature]) -> Feature:
    if len(pieces) == 1:
        return pieces[0]
    telling = _best_drawn(pieces)
    names = Counter(piece.name for piece in pieces)
    name = max(names, key=lambda one: (names[one], one == telling[0].name))
    aliases = Counter(alias for piece in pieces for alias in (piece.name, *piece.aliases))
    others = [alias for alias, _ in aliases.most_common(_MOST_ALIASES + 1) if alias != name]
    return replace(
        telling[0],
        name=name,
        aliases=tuple(others[:_MOST_ALIASES]),
        geometry=_shape([piece.geometry for piece in telling]),
        uncertainty_m=max(piece.uncertainty_m for piece in telling),
        precision=max((piece.precision for piece in telling), key=_RANKS.__getitem__),
        note=_note([piece.note for piece in telling]),
    )


def _best_drawn(pieces: Sequence[Feature]) -> list[Feature]:
    """Keep the pieces of the dimension that the thing is best drawn by."""
    for dimension in _BEST_DIMENSIONS[load_kinds()[pieces[0].kind].extent]:
        found = [p for p in pieces if shapely.get_dimensions(p.geometry) == dimension]
        if found:
            return found
    return list(pieces)


def _shape(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    dimension = shapely.get_dimensions(shapes[0])
    if dimension == 0:
        return shapes[0]
    parts = shapely.get_parts(shapely.normalize(np.array(shapes)))
    distinct = list(dict(zip(shapely.to_wkb(parts), parts, strict=True)).values())
    if dimension == 1:
        return shapely.line_merge(MultiLineString(distinct)) if len(distinct) > 1 else distinct[0]
    return shapely.union_all(distinct)


def _note(notes: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(filter(None, notes)))
    more = len(distinct) - _MOST_NOTED
    listed = ", ".join(distinct[:_MOST_NOTED])
    return f"{listed} and {more} more" if more > 0 else listed
