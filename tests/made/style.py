"""How a made evaluation folder looks (样式): drawn from a seed, or named.

A style fixes the kind of evaluation, the frame, sizes and what is left out.
The words and figures are drawn later; a style holds none of them.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

DEPARTMENT, PROJECT = "部门整体支出", "项目支出"

THREE_PUBLIC, SURVEY, SAMPLE, SELF_REPORT = "三公经费", "问卷", "抽样", "自评"
PARTS = (THREE_PUBLIC, SURVEY, SAMPLE, SELF_REPORT)
"""What a style may leave out."""

USUAL = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
WORDED = (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0))
FIVE = (("优", 95), ("良", 85), ("中", 75), ("及格", 60), ("差", 0))

TIERS = {
    "县": ("云河县", "松岭县", "柏溪县", "青垭县", "白湖县", "梨川县", "枫渡县", "石澜县"),
    "市": ("安岭市", "澜川市", "晴川市", "锦原市"),
    "州": ("苍原州", "锦河州", "云岭州"),
    "省": ("江岭省", "云原省", "川岚省"),
}
LOCAL = {"县": "县本级", "市": "市本级", "州": "州本级", "省": "省本级"}
"""How money of one's own tier is called."""

SIZES = {"县": 1, "市": 3, "州": 2, "省": 14}

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sector:
    """Words of one field of work (行业词表)."""

    office: str
    institution: bool
    field: str
    served: str
    duties: tuple[str, ...]
    units: tuple[str, ...]
    local: tuple[str, ...]
    upper: tuple[str, ...]
    output: tuple[tuple[object, ...], ...]
    effect: tuple[tuple[object, ...], ...]
    project: str
    parts: tuple[str, ...]


def load_words(name: str) -> Mapping[str, object]:
    """Read a word list that stands beside this module."""
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


_RAW = load_words("sectors.toml")


def _texts(raw: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = raw[key]
    assert isinstance(value, list)
    return tuple(str(each) for each in value)


def goal_words(sector: str, part: str) -> tuple[tuple[object, ...], ...]:
    """Return the goals that a word list offers for a part."""
    raw = _RAW[sector]
    assert isinstance(raw, dict)
    return tuple(tuple(each) for each in raw[part])


def _sector(name: str) -> Sector:
    raw = _RAW[name]
    assert isinstance(raw, dict)
    project = raw["project"]
    return Sector(
        office=str(raw["office"]),
        institution=bool(raw["institution"]),
        field=str(raw["field"]),
        served=str(raw["served"]),
        duties=_texts(raw, "duties"),
        units=_texts(raw, "units"),
        local=_texts(raw, "local"),
        upper=_texts(raw, "upper"),
        output=goal_words(name, "output"),
        effect=goal_words(name, "effect"),
        project=str(project["name"]),
        parts=_texts(project, "parts"),
    )


SECTORS = {name: _sector(name) for name in _RAW if name != "any"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a folder is made (样式)."""

    name: str
    kind: str
    sector: str
    tier: str
    frame: str
    depth: int
    """Levels of the framework, the leaf among them."""

    uneven: bool = False
    """Whether some leaves stand a level higher than the others."""

    leaves: int
    item_unit: str
    """Unit of amounts among the data items."""

    table_unit: str
    """Unit of amounts in tables."""

    places: int = 2
    total: str = "sum-of-rounded"
    grades: tuple[tuple[str, int], ...] = USUAL
    half_points: bool = True
    """Whether points come in halves."""

    projects: int = 12
    survey: str = "two"
    """two: 部门问卷 and 受益对象问卷; one: 满意度问卷; none."""

    left_out: tuple[str, ...] = ()
    beside: bool = False
    """Whether the framework stands beside the folder, not inside."""

    year: int = 2023
    cut: str = "调减预算"
    """The column of the fund table that takes away."""

    dashes: bool = True
    """Whether nothing is written as a dash in the fund table."""

    exact_shares: bool = False
    """Whether counts are such that shares need no rounding."""

    computed_satisfaction: bool = True
    """Whether satisfaction follows from the questionnaire by formula."""

    open_points: bool = False
    """Whether some readings and conflicts stay open, so that the total has a range."""

    def has(self, part: str) -> bool:
        """Tell whether a part is there."""
        return part not in self.left_out

    @property
    def words(self) -> Sector:
        """The words of its field."""
        return SECTORS[self.sector]

    @property
    def size(self) -> int:
        """How many times the money of a county it has."""
        return SIZES[self.tier]

    @property
    def local(self) -> str:
        """How money of its own tier is called."""
        return LOCAL[self.tier]

    @property
    def step(self) -> Fraction:
        """The least difference between the points of two leaves."""
        return Fraction(1, 2) if self.half_points else Fraction(1)


NAMED = {
    1: Style(
        name="county-transport",
        kind=DEPARTMENT,
        sector="transport",
        tier="县",
        frame="决策",
        depth=3,
        leaves=22,
        item_unit="元",
        table_unit="元",
        places=1,
        grades=WORDED,
        projects=14,
        cut="追减预算",
        exact_shares=True,
        left_out=(SELF_REPORT,),
    ),
    2: Style(
        name="provincial-hospital",
        kind=DEPARTMENT,
        sector="hospital",
        tier="省",
        frame="2018",
        depth=4,
        leaves=48,
        item_unit="亿元",
        table_unit="万元",
        total="rounded-sum",
        projects=18,
        survey="one",
        left_out=(THREE_PUBLIC, SAMPLE),
        beside=True,
        dashes=False,
        open_points=True,
    ),
    3: Style(
        name="project-roads",
        kind=PROJECT,
        sector="transport",
        tier="州",
        frame="2020",
        depth=3,
        uneven=True,
        leaves=18,
        item_unit="万元",
        table_unit="万元",
        projects=0,
        survey="one",
        left_out=(THREE_PUBLIC, SAMPLE, SELF_REPORT),
    ),
}
"""The styles that are promised, by their seed."""


def style_of(seed: int) -> Style:
    """Return the named style of a seed, or one drawn from it."""
    if seed in NAMED:
        return NAMED[seed]
    chance = random.Random(f"style {seed}")
    kind = PROJECT if chance.random() < 0.25 else DEPARTMENT
    sector = chance.choice(sorted(SECTORS))
    item_unit, table_unit = chance.choice(
        [("元", "元"), ("万元", "万元"), ("万元", "万元"), ("亿元", "万元"), ("万元", "元")]
    )
    depth = chance.choice([2, 3, 3, 4])
    leaves = chance.randint(14, 30) if kind == PROJECT else chance.randint(12, 60)
    survey = chance.choice(["one", "none"] if kind == PROJECT else ["two", "one", "none"])
    left_out = [part for part in PARTS if part != SURVEY and chance.random() < 0.3]
    if survey == "none":
        left_out.append(SURVEY)
    if kind == PROJECT:
        left_out = [*dict.fromkeys([*left_out, THREE_PUBLIC, SAMPLE])]
    places = chance.choice([0, 1, 2, 2, 2, 3])
    return Style(
        name=f"drawn-{seed}",
        kind=kind,
        sector=sector,
        tier=chance.choice(sorted(TIERS)),
        frame=chance.choice(["2020"] if kind == PROJECT else ["投入", "决策", "2018", "紧日子"]),
        depth=depth,
        uneven=depth > 2 and chance.random() < 0.4,
        leaves=leaves,
        item_unit=item_unit,
        table_unit=table_unit,
        places=places,
        total=chance.choice(["sum-of-rounded", "rounded-sum"]),
        grades=chance.choice([USUAL, USUAL, WORDED, FIVE]),
        half_points=places > 0 and chance.random() < 0.6,
        projects=0 if kind == PROJECT else chance.randint(6, 18),
        survey=survey,
        left_out=tuple(sorted(left_out, key=PARTS.index)),
        beside=chance.random() < 0.3,
        year=chance.choice([2021, 2022, 2023, 2024]),
        cut=chance.choice(["调减预算", "追减预算"]),
        dashes=chance.random() < 0.5,
        exact_shares=chance.random() < 0.3,
        computed_satisfaction=chance.random() < 0.6,
        open_points=chance.random() < 0.5,
    )
