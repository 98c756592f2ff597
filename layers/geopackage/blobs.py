"""Geometries as GeoPackage stores them: a header, then well-known binary."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import shapely

_MAGIC: Final = b"GP"
_FIXED_HEADER: Final = 8
# Bytes of the bounding box that follows the fixed header, by its code in the flags.
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)


def geometries_of(blobs: Iterable[bytes | None]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Give the geometries of a column (None where a row has none), in the column's own CRS.

    Raises
    ------
    ValueError
        When a value is no GeoPackage geometry (OGC 12-128r18, 2.1.3).
    ShapelyError
        When its well-known binary is damaged.
    """
    binaries = [None if blob is None else _binary(blob) for blob in blobs]
    return np.asarray(shapely.from_wkb(np.array(binaries, dtype=object)), dtype=object)


def _binary(blob: bytes) -> bytes:
    if not isinstance(blob, bytes) or blob[:2] != _MAGIC or len(blob) < _FIXED_HEADER:
        raise ValueError("a geometry is no GeoPackage geometry")
    code = blob[3] >> 1 & 0b111
    if code >= len(_ENVELOPE_BYTES):
        raise ValueError("a geometry has an unknown kind of bounding box")
    return blob[_FIXED_HEADER + _ENVELOPE_BYTES[code] :]
