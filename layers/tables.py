"""The tables without geometry: all works, their candidates, the ledger, places, the build ..."""

from dataclasses import dataclass
from enum import StrEnum

from layers.schema import COLUMNS, Column, column
from layers.titles import CONFIDENCES, PRECISIONS, Title


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


_DOCUMENT_ID = column("document_id", "text", "文件编号|文件編號|document id")
_WORK_ID = column("work_id", "text", "工程编号|工程編號|work id")

WORKS = Table(
    "works",
    Title("全部工程", "全部工程", "all works"),
    (
        *COLUMNS,
        column("layer", "text", "图层|圖層|layer", required=False),
        column("clause", "int", "分句|分句|clause"),
        column("words", "text", "原文用词|原文用詞|its words in the sentence", required=False),
    ),
)

CLAUSES = Table(
    "clauses",
    Title("分句台账", "分句台賬", "ledger of clauses"),
    (
        _DOCUMENT_ID,
        column("number", "int", "分句|分句|clause"),
        column("passage", "int", "段落|段落|passage"),
        column("section", "text", "部分|部分|section", required=False),
        column("start", "int", "起始字符|起始字元|start character"),
        column("end", "int", "结束字符|結束字元|end character"),
        column("text", "text", "原文|原文|text"),
        column("outcome", "text", "结果|結果|outcome", values=OUTCOMES.items()),
        column("reason", "text", "原因|原因|reason", required=False),
        column("works", "text", "工程编号|工程編號|ids of its works", required=False),
    ),
)

QUANTITIES = Table(
    "quantities",
    Title("数量", "數量", "quantities"),
    (
        _WORK_ID,
        column("position", "int", "序号|序號|position"),
        column("value", "float", "数值|數值|value"),
        column("unit", "text", "单位|單位|unit", required=False),
        column("si_value", "float", "换算数值|換算數值|normalised value"),
        column("si_unit", "text", "换算单位|換算單位|normalised unit", required=False),
        column("what", "text", "对象|對象|of what", required=False),
        column("text", "text", "原文|原文|as printed", required=False),
        column("shared", "bool", "多项合计|多項合計|one total for a list"),
    ),
)

DOCUMENTS = Table(
    "documents",
    Title("文件", "文件", "documents"),
    (
        _DOCUMENT_ID,
        column("title", "text", "标题|標題|title"),
        column("city", "text", "城市|城市|city"),
        column("year", "int", "年份|年份|year", required=False),
        column("issuer", "text", "发布机关|發布機關|issuer", required=False),
        column("index_number", "text", "索引号|索引號|index number", required=False),
        column("document_number", "text", "文号|文號|document number", required=False),
        column("sha256", "text", "SHA-256|SHA-256|SHA-256"),
        column("full_text", "text", "全文|全文|full text"),
    ),
)

PLACES = Table(
    "places",
    Title("所用地名", "所用地名", "places used"),
    (
        column("place_id", "text", "地名编号|地名編號|place id"),
        column("name", "text", "名称|名稱|name"),
        column("name_hans", "text", "名称(简体)|名稱(簡體)|name (simplified)"),
        column("kind", "text", "类别|類別|kind"),
        column("precision", "text", "位置精度|位置精度|precision", values=PRECISIONS.items()),
        column("uncertainty_m", "float", "误差(米)|誤差(米)|uncertainty (m)"),
        column("within", "text", "所在区县|所在區縣|within", required=False),
        column("verified", "bool", "已核实|已核實|verified"),
        column("source", "text", "来源|來源|source"),
        column("licence", "text", "许可|許可|licence"),
        column("note", "text", "说明|說明|note", required=False),
    ),
)

CANDIDATES = Table(
    "candidates",
    Title("候选地名", "候選地名", "candidate places"),
    (
        _WORK_ID,
        column("position", "int", "序号|序號|position"),
        column("place_id", "text", "地名编号|地名編號|place id"),
        column("name", "text", "名称|名稱|name"),
        column("kind", "text", "类别|類別|kind"),
        column("within", "text", "所在区县|所在區縣|within", required=False),
        column("precision", "text", "位置精度|位置精度|precision", values=PRECISIONS.items()),
        column("score", "float", "得分|得分|score"),
        column("reasons", "text", "理由|理由|reasons"),
        column("source", "text", "来源|來源|source"),
        column("licence", "text", "许可|許可|licence"),
    ),
)

SITES = Table(
    "sites",
    Title("计数工程的场地", "計數工程的場地", "sites of counted works"),
    (
        column("site_id", "text", "场地编号|場地編號|site id"),
        column("part_of", "text", "所属计数工程|所屬計數工程|counted work"),
        column("name", "text", "名称|名稱|name"),
        column("name_hans", "text", "名称(简体)|名稱(簡體)|name (simplified)"),
        column("is_group", "bool", "只有合计|只有合計|known by number only"),
        column("count", "int", "个数|個數|how many", required=False),
        column("quantity", "float", "数量|數量|quantity", required=False),
        column("unit", "text", "单位|單位|unit", required=False),
        column("district", "text", "区县|區縣|district", required=False),
        column("town", "text", "镇街|鎮街|town", required=False),
        column("status", "text", "状态|狀態|status", required=False),
        column("confidence", "text", "归属把握|歸屬把握|confidence", values=CONFIDENCES.items()),
        column("layer", "text", "图层|圖層|layer", required=False),
        column("precision", "text", "位置精度|位置精度|precision", values=PRECISIONS.items()),
        column("located_by", "text", "定位依据|定位依據|located by", required=False),
        column("source", "text", "来源|來源|source"),
        column("licence", "text", "许可|許可|licence"),
        column("note", "text", "说明|說明|note", required=False),
        column("register", "text", "名录|名錄|register"),
    ),
)

SLOTS = Table(
    "slots",
    Title("计数工程的名额", "計數工程的名額", "counted works and what is known of them"),
    (
        _WORK_ID,
        column("promised", "float", "承诺数量|承諾數量|promised"),
        column("unit", "text", "单位|單位|unit", required=False),
        column("named", "int", "已知场地|已知場地|named sites"),
        column("filled", "float", "已知数量|已知數量|known of the promise"),
        column("in_groups", "float", "其中只有合计|其中只有合計|of these by number only"),
        column("candidates", "int", "候选场地|候選場地|candidate sites"),
    ),
)

EDITS = Table(
    "edits",
    Title("人工修改", "人工修改", "corrections by hand"),
    (
        column("number", "int", "修改编号|修改編號|number"),
        _WORK_ID,
        column("field", "text", "修改项|修改項|what"),
        column("before", "text", "修改前|修改前|before", required=False),
        column("after", "text", "修改后|修改後|after", required=False),
        column("who", "text", "修改人|修改人|who"),
        column("why", "text", "修改理由|修改理由|why", required=False),
        column("at", "text", "修改时间|修改時間|when"),
    ),
)

BUILT = Table(
    "built",
    Title("构建原件", "構建原件", "works and sites as they were built"),
    (
        _WORK_ID,
        column("layer", "text", "图层|圖層|layer", required=False),
        column("geometry", "blob", "图形|圖形|geometry", required=False),
        column("attributes", "text", "属性|屬性|attributes"),
    ),
)

BUILD = Table(
    "build",
    Title("构建信息", "構建資訊", "build"),
    (
        column("key", "text", "项目|項目|key"),
        column("value", "text", "值|值|value", required=False),
    ),
)

TABLES: tuple[Table, ...] = (
    WORKS,
    SITES,
    SLOTS,
    CLAUSES,
    QUANTITIES,
    DOCUMENTS,
    PLACES,
    CANDIDATES,
    EDITS,
    BUILT,
    BUILD,
)

TABLES_BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
