"""Values that no address should have, and every address of the application with them in it."""

from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

from flask import Flask

from layers.selection import FILTERS
from webmap.selection import PAGE_PARAMETERS

VALUES = (
    b"../../../../etc/passwd",
    b"..\\..\\windows\\win.ini",
    b"%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    b"file:///etc/passwd",
    b"//evil.example/",
    b"https://evil.example/",
    b"' OR '1'='1' --",
    b"1; DROP TABLE works; --",
    b'" UNION SELECT text FROM documents --',
    b"\x00",
    b"works\x00.gpkg",
    b"\xff\xfe\xc0\xaf",
    b"<script>alert(1)</script>",
    b"\"'><img src=x onerror=alert(2)>",
    b"{{7*7}}${7*7}",
    b"x\r\nSet-Cookie: stolen=1\r\n\r\n<b>",
    b"-1",
    b"9" * 400,
    b"NaN",
    b"1e999,0,0,0",
    b"POLYGON((0 0, 1 1))",
    "\u202e\ud7ff\U0001f600".encode(),
    b"A" * 6000,
)

PARAMETERS = (*FILTERS, *PAGE_PARAMETERS, "version", "crs", "view", "at", "v", "part", "unknown")


def addresses(app: Flask) -> Iterator[str]:
    """Give every address that can be asked for, with each of the values in each of its places."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        if not rule.arguments:
            yield rule.rule
        for value in VALUES if rule.arguments else ():
            path = rule.rule
            for name in rule.arguments:
                for place in (f"<{name}>", f"<path:{name}>"):
                    path = path.replace(place, quote_from_bytes(value, safe=""))
            yield path


def queries() -> Iterator[str]:
    """Give queries with each value in each parameter, and in all of them."""
    for value in VALUES:
        given = quote_from_bytes(value, safe="")
        yield "&".join(f"{name}={given}" for name in PARAMETERS)[:7000]
        yield f"{given}={given}&{given}"
        yield from (f"{name}={given}" for name in PARAMETERS)


def example_of(path: str) -> str:
    """Give an address that exists for a rule of the example's map."""
    known = {
        "<work_id>": "jia-2020-002",
        "<document_id>": "jia-2020",
        "<name>": "metro_lines",
        "<filename>": "works.csv",
        "<path:filename>": "css/site.css",
    }
    for place, value in known.items():
        path = path.replace(place, quote(value))
    return path
