"""Styles for QGIS, made from the same words, colours and drawing as the web's legend."""

from layers.qgis.styles import STYLES, style_rows

__all__ = ["STYLES", "style_rows"]
