"""What became of each clause and of each work of a plan, in codes and in words."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from geo.model import Locatable, Precision
from geo.reading.values import Reason
from layers.titles import Title


class Fate(StrEnum):
    """How much is known of where a work lies, or of all works of a clause; best known first."""

    LOCATED = "located"
    AREA = "area"
    CITY = "city"
    COUNTED = "counted"
    UNLOCATED = "unlocated"
    NO_WORK = "no_work"


FATES: Final[dict[Fate, Title]] = {
    Fate.LOCATED: Title("有具体位置", "有具體位置", "at a place of its own"),
    Fate.AREA: Title("只知所在区域", "只知所在區域", "somewhere in an area"),
    Fate.CITY: Title("只知全市或全区", "只知全市或全區", "somewhere in the city"),
    Fate.COUNTED: Title("计数工程", "計數工程", "counted, without a place"),
    Fate.UNLOCATED: Title("未定位", "未定位", "not located"),
    Fate.NO_WORK: Title("没有工程", "沒有工程", "no work"),
}

REASONS: Final[dict[Reason, Title]] = {
    Reason.WORKS: Title("写的是工程", "寫的是工程", "promises works"),
    Reason.CHROME: Title(
        "网页上的按钮和说明,不是正文", "網頁上的按鈕和說明,不是正文", "the web page, not the plan"
    ),
    Reason.HEADING: Title("标题", "標題", "a heading"),
    Reason.REVIEWED: Title(
        "回顾过去,不是来年的承诺", "回顧過去,不是來年的承諾", "looks back, promises nothing"
    ),
    Reason.LATER_YEARS: Title("说的是以后各年", "說的是以後各年", "speaks of later years"),
    Reason.OWN_WORK: Title("政府自身建设", "政府自身建設", "the government's own conduct"),
    Reason.EVENT: Title("活动、会议或赛事", "活動、會議或賽事", "an event, not a thing built"),
    Reason.TITLE: Title("称号或创建目标", "稱號或創建目標", "a title or an award"),
    Reason.STATISTIC: Title("统计数字或指标", "統計數字或指標", "a figure or a target"),
    Reason.PEOPLE: Title("数的是人", "數的是人", "counts people"),
    Reason.FIRM: Title("企业", "企業", "firms, not works"),
    Reason.POLICY: Title("政策或工作要求", "政策或工作要求", "policy, nothing is built"),
    Reason.CONTEXT_REGION: Title(
        "只是提到的地区", "只是提到的地區", "a region that is only mentioned"
    ),
    Reason.NO_PLACE_OR_COUNT: Title(
        "没有地名也没有数量", "沒有地名也沒有數量", "neither a place nor a number"
    ),
    Reason.NO_VERB: Title("没有承诺的动词", "沒有承諾的動詞", "no verb that promises"),
    Reason.FIGURES: Title("前面工程的数字", "前面工程的數字", "figures of a work named before"),
    Reason.NOTHING_PROPOSED: Title("没有提出工程", "沒有提出工程", "no work was proposed"),
    Reason.REFUSED: Title("提出的工程不成立", "提出的工程不成立", "what was proposed is no work"),
    Reason.PARTLY_REFUSED: Title(
        "有工程,另有提出而不成立的",
        "有工程,另有提出而不成立的",
        "works, beside others that are none",
    ),
}
"""Why a clause gave no work, or that it gave some, in words."""

_AFTER_REASON: Final = "; "
_ORDER: Final = {fate: place for place, fate in enumerate(Fate)}


def fate_of_work(precision: Precision, locatable: Locatable) -> Fate:
    """Tell how much is known of where a work lies."""
    match precision:
        case Precision.UNLOCATED:
            return Fate.UNLOCATED
        case Precision.AREA:
            return Fate.AREA
        case Precision.CITY:
            return Fate.COUNTED if locatable is Locatable.CITYWIDE_QUANTITY else Fate.CITY
        case _:
            return Fate.LOCATED


def fate_of_clause(fates: Iterable[Fate]) -> Fate:
    """Give the fate of a clause: that of the work of which least is known."""
    return max(fates, key=_ORDER.__getitem__, default=Fate.NO_WORK)


def reason_of(stored: str | None) -> Reason | None:
    """Read the reason of a clause from the column `reason`, where what is not found follows it."""
    code = (stored or "").partition(_AFTER_REASON)[0]
    return Reason(code) if code in set(Reason) else None
