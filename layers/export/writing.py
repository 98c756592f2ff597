"""Write an export to its file, whole or not at all."""

from dataclasses import replace
from pathlib import Path

from geo.errors import OutputError
from layers.export.formats import Format
from layers.export.model import Export
from layers.geopackage.atomic import replacing


def write_export(export: Export, form: Format, target: Path) -> None:
    """Write an export in a format; an older file is replaced only when the new one is whole.

    Raises
    ------
    CrsError
        When a place has no coordinates in the export's system.
    LayersFileError
        When the source turns out to be damaged.
    OutputError
        When the target cannot be written.
    """
    with replacing(target) as scratch:
        named = scratch.with_name(f"export{form.ending}")  # map libraries look at the ending
        try:
            form.write(replace(export, file=target.name), named)
        except RuntimeError as error:
            why = " ".join(str(error).split())[:200]
            raise OutputError(
                f"{target} cannot be written ({why}); make room or choose another place"
            ) from error
        named.replace(scratch)
