"""Reads files of places, of OpenStreetMap and others, into the library."""
