"""The tables without geometry: all works, their candidates, the ledger, places, the build ..."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from layers.schema import COLUMNS, Column, Kind
from layers.titles import PRECISIONS, Title


class Outcome(StrEnum):
    """What became of a clause of the document."""

    LOCATED = "located"
    PARTLY_LOCATED = "partly_located"
    UNLOCATED = "unlocated"
    NO_WORK = "no_work"


OUTCOMES: dict[Outcome, Title] = {
    Outcome.LOCATED: Title("已上图", "已上圖", "on the map"),
    Outcome.PARTLY_LOCATED: Title("部分上图", "部分上圖", "partly on the map"),
    Outcome.UNLOCATED: Title("未定位", "未定位", "not located"),
    Outcome.NO_WORK: Title("不是工程", "不是工程", "no work"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table without geometry: its name, its columns in order, and how a person calls it."""

    name: str
    title: Title
    columns: tuple[Column, ...]


def _column(name: str, kind: Kind, words: str, *, required: bool = True) -> Column:
    hans, hant, en = words.split("|")
    return Column(name, kind, Title(hans, hant, en), required)


def _coded(name: str, words: str, values: Iterable[tuple[str, Title]]) -> Column:
    hans, hant, en = words.split("|")
    return Column(name, "text", Title(hans, hant, en), values=tuple(values))


_DOCUMENT_ID = _column("document_id", "text", "文件编号|文件編號|document id")
_WORK_ID = _column("work_id", "text", "工程编号|工程編號|work id")

WORKS = Table(
    "works",
    Title("全部工程", "全部工程", "all works"),
    (
        *COLUMNS,
        _column("layer", "text", "图层|圖層|layer", required=False),
        _column("clause", "int", "分句|分句|clause"),
        _column("words", "text", "原文用词|原文用詞|its words in the sentence", required=False),
        _column("verified", "bool", "位置已核实|位置已核實|place verified"),
    ),
)

CLAUSES = Table(
    "clauses",
    Title("分句台账", "分句台賬", "ledger of clauses"),
    (
        _DOCUMENT_ID,
        _column("number", "int", "分句|分句|clause"),
        _column("passage", "int", "段落|段落|passage"),
        _column("section", "text", "部分|部分|section", required=False),
        _column("start", "int", "起始字符|起始字元|start character"),
        _column("end", "int", "结束字符|結束字元|end character"),
        _column("text", "text", "原文|原文|text"),
        _coded("outcome", "结果|結果|outcome", OUTCOMES.items()),
        _column("reason", "text", "原因|原因|reason", required=False),
        _column("works", "text", "工程编号|工程編號|ids of its works", required=False),
    ),
)

QUANTITIES = Table(
    "quantities",
    Title("数量", "數量", "quantities"),
    (
        _WORK_ID,
        _column("position", "int", "序号|序號|position"),
        _column("value", "float", "数值|數值|value"),
        _column("unit", "text", "单位|單位|unit", required=False),
        _column("si_value", "float", "换算数值|換算數值|normalised value"),
        _column("si_unit", "text", "换算单位|換算單位|normalised unit", required=False),
        _column("what", "text", "对象|對象|of what", required=False),
        _column("text", "text", "原文|原文|as printed", required=False),
        _column("shared", "bool", "多项合计|多項合計|one total for a list"),
    ),
)

DOCUMENTS = Table(
    "documents",
    Title("文件", "文件", "documents"),
    (
        _DOCUMENT_ID,
        _column("title", "text", "标题|標題|title"),
        _column("city", "text", "城市|城市|city"),
        _column("year", "int", "年份|年份|year", required=False),
        _column("issuer", "text", "发布机关|發布機關|issuer", required=False),
        _column("index_number", "text", "索引号|索引號|index number", required=False),
        _column("document_number", "text", "文号|文號|document number", required=False),
        _column("sha256", "text", "SHA-256|SHA-256|SHA-256"),
        _column("full_text", "text", "全文|全文|full text"),
    ),
)

PLACES = Table(
    "places",
    Title("所用地名", "所用地名", "places used"),
    (
        _column("place_id", "text", "地名编号|地名編號|place id"),
        _column("name", "text", "名称|名稱|name"),
        _column("name_hans", "text", "名称(简体)|名稱(簡體)|name (simplified)"),
        _column("kind", "text", "类别|類別|kind"),
        _coded("precision", "位置精度|位置精度|precision", PRECISIONS.items()),
        _column("uncertainty_m", "float", "误差(米)|誤差(米)|uncertainty (m)"),
        _column("within", "text", "所在区县|所在區縣|within", required=False),
        _column("verified", "bool", "已核实|已核實|verified"),
        _column("source", "text", "来源|來源|source"),
        _column("licence", "text", "许可|許可|licence"),
        _column("note", "text", "说明|說明|note", required=False),
    ),
)

CANDIDATES = Table(
    "candidates",
    Title("候选地名", "候選地名", "candidate places"),
    (
        _WORK_ID,
        _column("position", "int", "序号|序號|position"),
        _column("place_id", "text", "地名编号|地名編號|place id"),
        _column("name", "text", "名称|名稱|name"),
        _column("kind", "text", "类别|類別|kind"),
        _column("within", "text", "所在区县|所在區縣|within", required=False),
        _coded("precision", "位置精度|位置精度|precision", PRECISIONS.items()),
        _column("score", "float", "得分|得分|score"),
        _column("reasons", "text", "理由|理由|reasons"),
        _column("source", "text", "来源|來源|source"),
        _column("licence", "text", "许可|許可|licence"),
    ),
)

BUILD = Table(
    "build",
    Title("构建信息", "構建資訊", "build"),
    (
        _column("key", "text", "项目|項目|key"),
        _column("value", "text", "值|值|value", required=False),
    ),
)

TABLES: tuple[Table, ...] = (WORKS, CLAUSES, QUANTITIES, DOCUMENTS, PLACES, CANDIDATES, BUILD)
