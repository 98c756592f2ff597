"""The same layers and tables in PostGIS: published in one transaction, read back as values."""

from layers.postgis.address import Address, is_address, read_address
from layers.postgis.origin import PostgisOrigin
from layers.postgis.publish import Published, Wish, publish
from layers.postgis.read import read_postgis
from layers.postgis.source import PostgisSource, postgis_source

__all__ = [
    "Address",
    "PostgisOrigin",
    "PostgisSource",
    "Published",
    "Wish",
    "is_address",
    "postgis_source",
    "publish",
    "read_address",
    "read_postgis",
]
