"""Open the layers of a GeoPackage in real QGIS, each alone, and say what they show.

Usage: qgis_layers.py FILE.gpkg LAYER ... (lowest layer first); prints a JSON report.
"""

import sys
from typing import Any

from qgis.core import (
    QgsAttributeEditorElement,
    QgsDefaultValue,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis_report import colours, draw, report, settings


def describe(layer: QgsVectorLayer) -> dict[str, Any]:
    """Say what QGIS makes of a layer that was opened with its default style."""
    renderer = layer.renderer()
    fields = layer.fields()
    form = layer.editFormConfig()
    return {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "crs": layer.crs().authid(),
        "renderer": renderer.type(),
        "attribute": renderer.classAttribute(),
        "categories": [category.value() for category in renderer.categories()],
        "labels": [category.label() for category in renderer.categories()],
        "colours": [category.symbol().color().name() for category in renderer.categories()],
        "labeling": layer.labeling().type() if layer.labelsEnabled() else "",
        "aliases": {field.name(): field.alias() for field in fields},
        "codes": {field.name(): codes(field) for field in fields if codes(field)},
        "widgets": {field.name(): field.editorWidgetSetup().type() for field in fields},
        "sentence": dict(fields.field("sentence").editorWidgetSetup().config()),
        "read_only": [f.name() for i, f in enumerate(fields) if form.readOnly(i)],
        "tabs": {tab.name(): columns(tab) for tab in form.tabs()},
        "hidden": [one.name for one in layer.attributeTableConfig().columns() if one.hidden],
        "table": [one.name for one in layer.attributeTableConfig().columns()],
        "display": layer.displayExpression(),
        "tips": tips(layer),
        "metadata": metadata(layer),
        "hard": [field.name() for field in fields if is_hard(field)],
    }


def columns(tab: QgsAttributeEditorElement) -> list[str]:
    """Name the columns of a tab of a form."""
    return [element.name() for element in tab.children() if element.idx() >= 0]


def codes(field: QgsField) -> dict[str, str]:
    """Give the words that a coded field shows, each with its code."""
    setup = field.editorWidgetSetup()
    if setup.type() != "ValueMap":
        return {}
    return {word: code for entry in setup.config()["map"] for word, code in entry.items()}


def is_hard(field: QgsField) -> bool:
    """Tell whether a style keeps a person from saving a feature without a value here."""
    constraints = field.constraints()
    return field.name() != "fid" and any(
        constraints.constraintOrigin(kind) == constraints.ConstraintOriginLayer
        and constraints.constraintStrength(kind) == constraints.ConstraintStrengthHard
        for kind in (constraints.ConstraintNotNull, constraints.ConstraintExpression)
    )


def tips(layer: QgsVectorLayer) -> list[str]:
    """Give the tip of each feature as HTML."""
    return [_tip(layer, feature) for feature in layer.getFeatures()]


def _tip(layer: QgsVectorLayer, feature: QgsFeature) -> str:
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)


def metadata(layer: QgsVectorLayer) -> dict[str, Any]:
    """Say what QGIS shows of where a layer comes from."""
    found = layer.metadata()
    return {
        "title": found.title(),
        "history": list(found.history()),
        "rights": list(found.rights()),
        "licences": list(found.licenses()),
        "crs": found.crs().authid(),
    }


def edit(layer: QgsVectorLayer) -> dict[str, Any]:
    """Add a feature without an id and move another, as a person would; save."""
    moved = next(layer.getFeatures()).id()
    layer.startEditing()
    new = QgsVectorLayerUtils.createFeature(layer, QgsGeometry.fromWkt("MULTIPOINT((120 31.2))"))
    new.setAttribute("name", "手绘公园")
    made = dict(zip(layer.fields().names(), map(plain, new.attributes()), strict=True))
    added = layer.addFeature(new)
    changed = layer.changeGeometry(moved, QgsGeometry.fromWkt("MULTIPOINT((120.1 31.3))"))
    saved = layer.commitChanges()
    after = layer.getFeature(moved)
    return {
        "made": made,
        "steps": [added, changed, saved],
        "errors": list(layer.commitErrors()),
        "features": layer.featureCount(),
        "moved": after.geometry().asWkt(1),
        "edited": bool(after["edited"]),
    }


def plain(value: object) -> object:
    """Give a value as JSON can hold it; QGIS' NULL is None."""
    return value if isinstance(value, str | int | float | bool) else None


def restored(layer: QgsVectorLayer) -> dict[str, Any]:
    """Spoil the style of a layer and load its default again."""
    layer.setRenderer(QgsSingleSymbolRenderer(QgsSymbol.defaultSymbol(layer.geometryType())))
    layer.setLabelsEnabled(False)
    layer.setMapTipTemplate("")
    theme = layer.fields().indexOf("theme")
    layer.setDefaultValueDefinition(theme, QgsDefaultValue())
    _, done = layer.loadDefaultStyle()
    return {
        "done": done,
        "renderer": layer.renderer().type(),
        "labels": layer.labelsEnabled(),
        "tip": bool(layer.mapTipTemplate()),
        "theme": layer.defaultValueDefinition(theme).expression(),
    }


def table(path: str) -> dict[str, Any]:
    """Say what QGIS makes of a table that was opened alone."""
    works = QgsVectorLayer(f"{path}|layername=works", "works", "ogr")
    fields = works.fields()
    return {
        "aliases": {field.name(): field.alias() for field in fields},
        "codes": {field.name(): codes(field) for field in fields if codes(field)},
        "read_only": works.readOnly(),
    }


def main() -> dict[str, Any]:
    """Report on each layer, on the picture of all, and on an editing session."""
    path, *names = sys.argv[1:]
    layers = [QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names]
    extent = QgsRectangle(layers[0].extent())
    extent.scale(1.1)
    image, _ = draw(settings(layers[::-1], extent, (900, 700)))
    found = {layer.name(): describe(layer) for layer in layers}
    point = next(layer for layer in layers if layer.name() == "park_points")
    line = next(layer for layer in layers if layer.name() == "metro_lines")
    return {
        "layers": found,
        "pixels": colours(image),
        "table": table(path),
        "restored": restored(line),
        "edit": edit(point),
    }


report(main)
