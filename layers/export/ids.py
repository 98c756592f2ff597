"""Ids of works by the million, in sixteen bytes each."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

Digests = np.ndarray[tuple[int], np.dtype[np.bytes_]]

_BYTES = 16


class Ids:
    """A set of ids that never grows; a digest stands for each, however long it is."""

    def __init__(self, batches: Iterable[Sequence[str]]) -> None:
        found = [_digests(batch) for batch in batches]
        self._sorted: Digests = np.unique(np.concatenate([*found, _digests([])]))

    def __len__(self) -> int:
        return len(self._sorted)

    def __contains__(self, one: object) -> bool:
        return isinstance(one, str) and bool(self.among([one])[0])

    def among(self, ids: Sequence[str]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Tell of each of some ids whether it is there."""
        if not len(self._sorted):
            return np.zeros(len(ids), dtype=bool)
        digests = _digests(ids)
        places = np.searchsorted(self._sorted, digests)
        found: Any = self._sorted[np.minimum(places, len(self._sorted) - 1)] == digests
        return np.asarray(found, dtype=bool)


def _digests(ids: Sequence[str]) -> Digests:
    joined = b"".join(blake2b(one.encode(), digest_size=_BYTES).digest() for one in ids)
    return np.frombuffer(joined, dtype=f"S{_BYTES}")
