"""The words and colours of every coded value, stated once for layers, styles and pages."""

from dataclasses import dataclass

from geo.model import Confidence, Locatable, Precision, Stage, Theme


@dataclass(frozen=True, slots=True)
class Title:
    """One thing's name in the three languages of the product."""

    hans: str
    hant: str
    en: str

    def in_language(self, language: str) -> str:
        """Give the name in `zh-Hans`, `zh-Hant` or `en` (the default for any other tag)."""
        return {"zh-Hans": self.hans, "zh-Hant": self.hant}.get(language, self.en)


THEMES: dict[Theme, Title] = {
    Theme.METRO: Title("地铁", "地鐵", "metro"),
    Theme.RAILWAY: Title("铁路城际", "鐵路城際", "railway"),
    Theme.EXPRESSWAY: Title("高速公路", "高速公路", "expressway"),
    Theme.ROAD: Title("城市道路", "城市道路", "road"),
    Theme.BRIDGE_CROSSING: Title("桥隧过江", "橋隧過江", "bridge or crossing"),
    Theme.AIRPORT: Title("机场", "機場", "airport"),
    Theme.PORT: Title("港口航道", "港口航道", "port and waterway"),
    Theme.PARK: Title("公园", "公園", "park"),
    Theme.WETLAND: Title("湿地", "濕地", "wetland"),
    Theme.GREENING: Title("绿化山体", "綠化山體", "greening and hills"),
    Theme.WATER: Title("水利供水", "水利供水", "water"),
    Theme.SEWAGE: Title("污水处理", "污水處理", "sewage"),
    Theme.WASTE: Title("垃圾固废", "垃圾固廢", "waste"),
    Theme.POWER: Title("电力能源", "電力能源", "power"),
    Theme.HOUSING_RENEWAL: Title("旧改安居", "舊改安居", "housing renewal"),
    Theme.NEW_TOWN: Title("新城片区", "新城片區", "new town"),
    Theme.VILLAGE: Title("乡村", "鄉村", "village"),
    Theme.INDUSTRY: Title("产业园区", "產業園區", "industry"),
    Theme.TOURISM: Title("文旅度假", "文旅度假", "tourism"),
    Theme.CULTURE_HERITAGE: Title("文化遗产", "文化遺產", "culture and heritage"),
    Theme.EDUCATION: Title("教育", "教育", "education"),
    Theme.HEALTH: Title("医疗卫生", "醫療衛生", "health"),
    Theme.SPORT: Title("体育", "體育", "sport"),
    Theme.SOCIAL_CARE: Title("养老福利", "養老福利", "social care"),
    Theme.SAFETY: Title("公共安全", "公共安全", "safety"),
    Theme.OTHER: Title("其他", "其他", "other"),
}

STAGES: dict[Stage, Title] = {
    Stage.PLAN: Title("规划谋划", "規劃謀劃", "planned"),
    Stage.PRELIMINARY_WORK: Title("前期工作", "前期工作", "preliminary work"),
    Stage.START: Title("开工启动", "開工啟動", "starting"),
    Stage.UNDER_CONSTRUCTION: Title("在建推进", "在建推進", "under construction"),
    Stage.COMPLETE: Title("年内建成", "年內建成", "to be completed"),
    Stage.OPEN_TO_SERVICE: Title("通车投用", "通車投用", "to open"),
    Stage.ONGOING: Title("持续推进", "持續推進", "ongoing"),
}

# An ordered ramp from light to dark (first thought to use), 3:1 or more against land and water of
# the base map and in falling luminance, so that it also reads in grey print; readers with a colour
# blindness tell any two of the colours apart. `ongoing` stands beside the ramp.
STAGE_COLOURS: dict[Stage, str] = {
    Stage.PLAN: "#ab7000",
    Stage.PRELIMINARY_WORK: "#b7212c",
    Stage.START: "#941b50",
    Stage.UNDER_CONSTRUCTION: "#72046c",
    Stage.COMPLETE: "#3c00a0",
    Stage.OPEN_TO_SERVICE: "#00124a",
    Stage.ONGOING: "#3a8284",
}

# For a feature that a person has drawn and not yet said the stage of.
NO_STAGE = Title("阶段未填", "階段未填", "no stage given")
NO_STAGE_COLOUR = "#5d584f"

PRECISIONS: dict[Precision, Title] = {
    Precision.SURVEYED: Title("实测图形", "實測圖形", "surveyed"),
    Precision.STREET: Title("街道级", "街道級", "street level"),
    Precision.APPROXIMATE: Title("约略位置", "約略位置", "approximate"),
    Precision.SCHEMATIC: Title("示意走向", "示意走向", "schematic"),
    Precision.AREA: Title("所在区域", "所在區域", "somewhere in this area"),
    Precision.CITY: Title("全市或全区计数", "全市或全區計數", "counted for the city"),
    Precision.OUTSIDE: Title("市外", "市外", "outside the city"),
    Precision.UNLOCATED: Title("未定位", "未定位", "not located"),
}

LOCATABLES: dict[Locatable, Title] = {
    Locatable.EXACT_NAMED: Title("有确切名称", "有確切名稱", "named exactly"),
    Locatable.AREA_NAMED: Title("有区域名称", "有區域名稱", "named by its area"),
    Locatable.CITYWIDE_QUANTITY: Title("全市计数", "全市計數", "counted for the city"),
}

CONFIDENCES: dict[Confidence, Title] = {
    Confidence.HIGH: Title("有来源确认", "有來源確認", "confirmed by a source"),
    Confidence.MEDIUM: Title("很可能", "很可能", "very likely"),
    Confidence.LOW: Title("仅为候选", "僅為候選", "only a candidate"),
}
