"""Texts that a spreadsheet would take for something else than a text."""

from typing import Final

MOST_CHARACTERS: Final = 32_767
"""What a cell of Excel holds."""

# What may begin a formula, in both widths.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def safe_cell(cell: object) -> object:
    """Mark a text that a spreadsheet would take for a formula as a text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
