"""Time jieba, cpca and JioNLP on passages of simplified text, and give what each takes for a name.

Usage: python tests/benchmarks/peers.py SECONDS < passages.json

`reading.py` calls it with the Python that has them. Each reads passage after passage for at most
SECONDS; the last line of the output is JSON, as the libraries print words of their own.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from itertools import chain


def main(seconds: float) -> None:
    """Measure each peer that is installed; the others are named as missing."""
    passages = json.load(sys.stdin)
    results = {}
    for name, (module, make) in PEERS.items():
        try:
            read = make(importlib.import_module(module))
        except ImportError:
            results[name] = None
            continue
        read(passages["gold"][0])  # dictionaries are loaded at the first call
        names = sorted(set(chain.from_iterable(map(read, passages["gold"]))))
        results[name] = {"version": version(module), "names": names} | _speed(
            read, passages["corpus"], seconds
        )
    print(json.dumps(results))


def _speed(read: Callable[[str], list[str]], corpus: list[str], seconds: float) -> dict[str, float]:
    done = 0
    started = time.process_time()
    for passage in corpus:
        read(passage)
        done += len(passage.encode())
        if time.process_time() - started > seconds:
            break
    return {"bytes": done, "seconds": time.process_time() - started}


def _jieba(module: object) -> Callable[[str], list[str]]:
    module.setLogLevel(60)  # type: ignore[attr-defined]
    return module.lcut  # type: ignore[attr-defined, no-any-return]


def _cpca(module: object) -> Callable[[str], list[str]]:
    def read(passage: str) -> list[str]:
        try:
            frame = module.transform_text_with_addrs(passage)  # type: ignore[attr-defined]
        except KeyError:  # raised where it finds no address
            return []
        cells = frame[["省", "市", "区"]].to_numpy().ravel()
        return [cell for cell in cells if isinstance(cell, str)]

    return read


def _jionlp(module: object) -> Callable[[str], list[str]]:
    def read(passage: str) -> list[str]:
        found = module.recognize_location(passage)  # type: ignore[attr-defined]
        listed = [*(found["domestic"] or ()), *(found["foreign"] or ())]
        parts = (part for place, _ in listed for part in place.values() if part)
        return [*parts, *(found["others"] or ())]

    return read


PEERS = {
    "jieba": ("jieba", _jieba),
    "cpca": ("cpca", _cpca),
    "JioNLP": ("jionlp", _jionlp),
}

if __name__ == "__main__":
    main(float(sys.argv[1]))
