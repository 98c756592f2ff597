"""From placed works to map layers that GIS staff keep; knows no web."""
