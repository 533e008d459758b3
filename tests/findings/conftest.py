"""A framework of five leaves, two of one name and one with 、 in it, and findings in files."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.errors import Problems, SteelyardError
from steelyard.files.rows import csv_text
from steelyard.findings.chain import Chain
from steelyard.findings.load import (
    FINDING_COLUMNS,
    RECOMMENDATION_COLUMNS,
    load_findings,
    load_recommendations,
)
from steelyard.framework.indicator import Framework, Grade, Leaf
from steelyard.scoring.award import Award
from steelyard.scoring.score import Scorecard

GOAL, RATE = "投入/绩效目标合理性", "过程/预算调整率"
BUDGET_RULES, ASSET_RULES = "过程/预算管理/制度健全性", "过程/资产管理/制度健全性"
GREEN = "效益/节能、减排"
PATHS = (GOAL, RATE, BUDGET_RULES, ASSET_RULES, GREEN)

FRAMEWORK = Framework(
    id="small",
    version="1",
    title="小样",
    grades=(Grade("优", Fraction(90)), Grade("差", Fraction(0))),
    groups=(),
    leaves=tuple(Leaf(path=tuple(path.split("/")), points=Fraction(20)) for path in PATHS),
)


def card(lost: Mapping[str, str | None]) -> Scorecard:
    """Scores in which the leaves named lost so much, None for not scored, the others nothing."""
    awards = []
    for leaf in FRAMEWORK.leaves:
        less = lost.get(leaf.text, "0")
        earned = None if less is None else leaf.points - Fraction(less)
        awards.append(
            Award(
                leaf=leaf,
                state="missing" if earned is None else "scored",
                earned=earned,
                exact=earned,
                because="见评分表",
                used=(),
                wording="按标准计分",
                reading={},
            )
        )
    return Scorecard(
        framework=FRAMEWORK,
        awards=tuple(awards),
        levels=(),
        total=None,
        so_far=Fraction(0),
        standing=None,
        choices={},
    )


Rows = list[dict[str, str]]


class Files:
    """Reads findings and recommendations from files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[SteelyardError] = []

    def write(self, findings: Rows, recommendations: Rows) -> None:
        for name, columns, rows in (
            ("findings.csv", FINDING_COLUMNS, findings),
            ("recommendations.csv", RECOMMENDATION_COLUMNS, recommendations),
        ):
            cells = [[row.get(column, "") for column in columns] for row in rows]
            (self.folder / name).write_text(csv_text(columns, cells), encoding="utf-8")

    def read(self) -> Chain:
        problems = Problems()
        findings = load_findings(self.folder / "findings.csv", FRAMEWORK, problems)
        known = [finding.number for finding in findings]
        path = self.folder / "recommendations.csv"
        chain = Chain(findings, load_recommendations(path, known, problems))
        self.mistakes = problems.errors
        return chain

    def chain(self, findings: Rows, recommendations: Rows | None = None) -> Chain:
        self.write(findings, recommendations or [])
        return self.read()

    @property
    def said(self) -> list[str]:
        return [str(error) for error in self.mistakes]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


Row = Callable[..., dict[str, str]]


@pytest.fixture
def found() -> Row:
    """A finding's row, complete unless told otherwise."""

    def row(number: str = "W01", **cells: str) -> dict[str, str]:
        whole = {
            "编号": number,
            "类别": "绩效管理方面",
            "问题": "绩效目标与规划衔接不够",
            "表现": "园区建设任务未列入年度目标。",
            "简述": "目标未覆盖中长期规划。",
            "原因": "目标编制时未与规划对照。",
            "指标": GOAL,
            "证据": "目标表；规划第4章",
        }
        return whole | cells

    return row


@pytest.fixture
def advised() -> Row:
    """A recommendation's row, complete unless told otherwise."""

    def row(number: str = "J01", **cells: str) -> dict[str, str]:
        whole = {
            "编号": number,
            "建议": "按规划编制年度目标",
            "内容": "编制目标时逐项对照中长期规划。",
            "简述": "",
            "问题": "W01",
            "责任单位": "规划科",
            "期限": "2024年底前",
        }
        return whole | cells

    return row
