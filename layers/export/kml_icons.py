"""Signs of points for KMZ files: small white pictures, which the styles colour by stage."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np

from layers.drawing import MARK_RADIUS, RING_RADIUS, Mark

_SIDE: Final = 64
_SCALE: Final = _SIDE / (2 * RING_RADIUS + 4)
_RING_WIDTH: Final = 2.0


@cache
def _picture(mark: Mark) -> bytes:
    y, x = np.mgrid[:_SIDE, :_SIDE]
    radius = np.hypot(x - (_SIDE - 1) / 2, y - (_SIDE - 1) / 2) / _SCALE
    disc = _inside(radius, MARK_RADIUS)
    ring = _inside(radius, RING_RADIUS) - _inside(radius, RING_RADIUS - _RING_WIDTH)
    hollow = _inside(radius, MARK_RADIUS + 1) - _inside(radius, MARK_RADIUS - 1.5)
    opacity = {"disc": disc, "ringed": np.maximum(disc, ring), "hollow": hollow}[mark]
    return _png(np.round(opacity * 255).astype(np.uint8))


def _inside(
    radius: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", edge: float
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Give 1 inside a circle and 0 outside it, with a soft edge of one pixel."""
    return np.clip((edge - radius) * _SCALE + 0.5, 0, 1)


def _png(opacity: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]") -> bytes:
    """Write a white picture of that opacity (grey with alpha, PNG 1.2)."""
    height, width = opacity.shape
    pixels = np.full((height, width, 2), 255, dtype=np.uint8)
    pixels[:, :, 1] = opacity
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 4, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


ICONS: Final[dict[Mark, Callable[[], bytes]]] = {
    "disc": lambda: _picture("disc"),
    "ringed": lambda: _picture("ringed"),
    "hollow": lambda: _picture("hollow"),
}
"""The picture of each mark."""
