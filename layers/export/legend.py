"""What the columns of an export mean: their words, and the words of their codes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from layers.schema import COLUMNS


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column by its name in the file and in the schema, or one code of a coded column."""

    file_name: str
    column: str
    code: str
    hans: str
    en: str


MEANING_TITLES = ("文件中的列名 field", "列 column", "代码 code", "中文", "English")


def meanings(named: Callable[[str], str] = lambda name: name) -> Iterator[Meaning]:
    """Give each column, then its codes; `named` gives a column's name in the file."""
    for one in COLUMNS:
        yield Meaning(named(one.name), one.name, "", one.title.hans, one.title.en)
        for code, title in one.values:
            yield Meaning(named(one.name), one.name, str(code), title.hans, title.en)
