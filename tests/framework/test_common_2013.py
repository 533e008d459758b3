"""The common framework of 财预〔2013〕53号 for a whole department: shipped, clean, weighed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.framework.common_2013_department import FACTS, JUDGEMENTS, TABLES

from steelyard.cli.main import cli
from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import Book, load_book, load_evaluation, process_dictionary
from steelyard.formula.say import say
from steelyard.framework.load import find_framework, load_framework, shipped
from steelyard.scoring.lint import lint
from steelyard.scoring.rules.registry import RULES

OUTLINE = """
投入/目标设定: 绩效目标合理性 绩效指标明确性
投入/预算配置: 在职人员控制率 “三公经费”变动率 重点支出安排率
过程/预算执行: 预算完成率 预算调整率 支付进度率 结转结余率 结转结余变动率
过程/预算执行: 公用经费控制率 “三公经费”控制率 政府采购执行率
过程/预算管理: 管理制度健全性 资金使用合规性 预决算信息公开性 基础信息完善性
过程/资产管理: 管理制度健全性 资产管理安全性 固定资产利用率
产出/职责履行: 实际完成率 完成及时率 质量达标率 重点工作办结率
效果/履职效益: 经济效益 社会效益 生态效益 社会公众或服务对象满意度
"""

RATES = {
    "在职人员控制率": "在职人员数÷编制数",
    "“三公经费”变动率": "三公经费预算增减额÷三公经费上年预算数",
    "重点支出安排率": "重点项目支出÷项目总支出",
    "预算完成率": "预算完成数÷支出预算数",
    "预算调整率": "计入调整率的调整数÷年初预算数",
    "支付进度率": "实际支付进度÷既定支付进度",
    "结转结余率": "结转结余总额÷支出预算数",
    "结转结余变动率": "（年末结转和结余-年初结转和结余）÷年初结转和结余",
    "公用经费控制率": "公用经费实际支出数÷公用经费预算安排数",
    "“三公经费”控制率": "三公经费实际支出数÷三公经费本年预算数",
    "政府采购执行率": "实际政府采购金额÷政府采购预算数",
    "固定资产利用率": "实际在用固定资产总额÷固定资产总额",
    "实际完成率": "实际完成工作数÷计划工作数",
    "完成及时率": "及时完成工作数÷计划工作数",
    "质量达标率": "质量达标工作数÷计划工作数",
}

COMPUTED = {
    "三公经费预算增减额": "三公经费本年预算数-三公经费上年预算数",
    "计入调整率的调整数": "追加预算数+追减预算数+结构调整数-免计调整数",
    "实际支付进度": "时点支出执行数÷支出预算数",
}

WORKED = """
绩效目标合理性 3.00
绩效指标明确性 3.00
在职人员控制率 3.00
“三公经费”变动率 2.00
重点支出安排率 1.50
预算完成率 2.82
预算调整率 1.80
支付进度率 1.00
结转结余率 1.50
结转结余变动率 0.00
公用经费控制率 1.60
“三公经费”控制率 3.00
政府采购执行率 1.00
预算管理/管理制度健全性 1.40
资金使用合规性 3.00
预决算信息公开性 1.50
基础信息完善性 2.00
资产管理/管理制度健全性 2.00
资产管理安全性 2.70
固定资产利用率 1.70
实际完成率 7.33
完成及时率 5.25
质量达标率 5.83
重点工作办结率 6.00
经济效益 4.80
社会效益 5.00
生态效益 3.81
社会公众或服务对象满意度 4.80
"""


def pairs(text: str) -> dict[str, str]:
    return dict(line.rsplit(" ", 1) for line in text.strip().splitlines())


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, filled: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(filled[0]))
        writer.writeheader()
        writer.writerows(filled)


def unlost(point: str, defects: bool) -> str:
    if point == "否决":
        return "未发生"
    return "0" if defects else "符合"


Judged = Mapping[tuple[str, str], tuple[str, str]]


class Desk:
    """Where a new folder is begun, filled in and weighed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        named = ["--framework", "common-2013", "--department", "某市文化和旅游局"]
        result = CliRunner().invoke(cli, ["init", str(self.folder), *named])
        assert result.exit_code == 0, result.stderr

    def fill(self, facts: Mapping[str, str], judged: Judged, book: Book) -> None:
        path = self.folder / "facts.csv"
        figures = pairs(FACTS) | dict(facts)
        # How the evaluation went may be said besides; no score needs it.
        others = set(process_dictionary().items) - set(book.rubric.dictionary.items)
        asked = [row for row in rows(path) if row["数据项"] not in others]
        assert {row["数据项"] for row in asked} == set(figures)
        write(path, [row | {"数值": figures[row["数据项"]]} for row in asked])
        counted = {
            (each.leaf.text, ask.key): ask.kind == "defects"
            for each in book.rubric.leaves
            for ask in each.asks()
        }
        path = self.folder / "judgements.csv"
        answered = []
        for row in rows(path):
            key = (row["指标"], row["要点"])
            verdict = (unlost(row["要点"], counted[key]), "")
            verdict = judged.get(key, JUDGEMENTS.get(key, verdict))
            answered.append(row | {"结论": verdict[0], "理由": verdict[1]})
        write(path, answered)
        for name, text in TABLES.items():
            (self.folder / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")

    def choose(self, leaf: str, axis: str, use: str) -> None:
        text = f"指标,口径,采用,仍可,理由\n{leaf},{axis},{use},,方案写明。\n"
        (self.folder / "readings.csv").write_text(text, encoding="utf-8")

    def weighed(self) -> Outcome:
        return evaluate(load_evaluation(self.folder))


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book(find_framework("common-2013"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "评价")
    desk.begin()
    return desk


@pytest.fixture
def filled(desk: Desk, book: Book) -> Desk:
    desk.fill({}, {}, book)
    return desk


def earned(outcome: Outcome, leaf: str) -> Fraction | None:
    wanted = outcome.card.framework.leaf(leaf)
    return next(award.earned for award in outcome.card.awards if award.leaf is wanted)


def broken(outcome: Outcome) -> list[str]:
    return [result.check.id for result in outcome.results if result.state == "broken"]


class TestTheCommonFramework:
    def test_has_the_twenty_eight_indicators_of_the_regulation(self, book: Book) -> None:
        expected = [
            f"{above}/{name}"
            for above, names in (line.split(": ") for line in OUTLINE.strip().splitlines())
            for name in names.split()
        ]
        assert len(expected) == 28
        assert [leaf.text for leaf in book.rubric.framework.leaves] == expected

    def test_adds_up_at_every_level(self, book: Book) -> None:
        framework = book.rubric.framework
        assert sum(leaf.points for leaf in framework.leaves) == framework.points == 100
        for group in framework.groups:
            assert sum(leaf.points for leaf in framework.below(group)) == group.points

    @pytest.mark.parametrize(("leaf", "formula"), RATES.items(), ids=RATES)
    def test_divides_what_the_regulation_divides(self, book: Book, leaf: str, formula: str) -> None:
        (measure,) = book.rubric.leaf(leaf).measures.values()
        assert say(measure) == formula

    @pytest.mark.parametrize(("name", "formula"), COMPUTED.items(), ids=COMPUTED)
    def test_computes_what_nobody_should_type(self, book: Book, name: str, formula: str) -> None:
        computed = book.rubric.dictionary.item(name).formula
        assert computed is not None
        assert say(computed) == formula

    def test_leaves_no_flaw_open(self, book: Book) -> None:
        flaws = lint(book.rubric)
        assert flaws
        assert [flaw.what for flaw in flaws if not flaw.is_settled] == []
        assert CliRunner().invoke(cli, ["framework", "lint", "common-2013"]).exit_code == 0

    def test_gives_a_reason_for_every_reading_it_chooses(self, book: Book) -> None:
        choices = [choice for each in book.rubric.leaves for choice in each.leaf.readings.values()]
        assert choices
        assert all(choice.why for choice in choices)


class TestADepartmentOfTheCommonFramework:
    """某市文化和旅游局, 2024; the working is in docs/algorithms/common-2013-worked.md.

    投入 3 + (4-1) + 3 + 2 + (2-0.5) = 12.50
      96÷98=97.96%; (46-45)÷45=2.22%; 1113÷2100=53%, 7÷5=1.4 steps, one counts
    过程/预算执行 2.82+1.80+1+1.50+0+1.60+3+1 = 12.72
      3×4230÷4500; 2-2×(600+100+50-350)÷4000; (3015÷4500)÷75%=89.33%; 270÷4500=6%;
      (270-200)÷200=35%; 307.5÷300=102.5%, 2-0.2×2; 41.4÷46=90%;
      754÷800=94.25%, 5.75÷5=1.15 steps, two count, 2-0.5×2
    过程/预算管理 2×70% + (4-1) + (2-0.5) + 2 = 7.90
    过程/资产管理 2 + 3×(1-10%) + (2-0.5×3÷5) = 6.40
    产出 8×11÷12=7.3333, 7×9÷12, 7×10÷12=5.8333, 8-2×1: 7.33+5.25+5.83+6 = 24.41
    效果 5×480÷500, 5, 4÷1.05=3.8095, 6×80% for 166÷200=83%: 4.80+5+3.81+4.80 = 18.41
    12.50 + (12.72+7.90+6.40) + 24.41 + 18.41 = 82.34, 良
    """

    def test_comes_to_the_total_worked_by_hand(self, filled: Desk) -> None:
        card = filled.weighed().card
        assert card.total == Fraction("82.34")
        assert card.standing is not None
        assert card.standing.grade.name == "良"
        levels = {level.group.text: level.earned for level in card.levels}
        assert levels["投入"] == Fraction("12.50")
        assert levels["过程"] == Fraction("27.02")
        assert levels["产出"] == Fraction("24.41")
        assert levels["效果"] == Fraction("18.41")

    def test_earns_in_every_leaf_what_was_worked_by_hand(self, filled: Desk) -> None:
        outcome = filled.weighed()
        expected = {leaf: Fraction(score) for leaf, score in pairs(WORKED).items()}
        assert {leaf: earned(outcome, leaf) for leaf in expected} == expected
        assert len(expected) == len(outcome.card.awards)

    def test_ties_out_and_leaves_nothing_open(self, filled: Desk) -> None:
        outcome = filled.weighed()
        assert not outcome.has_errors
        assert not [result for result in outcome.results if result.state == "unknown"]
        # Four of five key tasks are done, eleven of all twelve: a hint, no error.
        assert broken(outcome) == ["tasks-key-first"]
        assert outcome.envelope is not None
        assert outcome.envelope.low == outcome.envelope.high == Fraction("82.34")
        assert CliRunner().invoke(cli, ["evaluate", str(filled.folder)]).exit_code == 0

    def test_has_no_total_while_nothing_is_filled_in(self, desk: Desk) -> None:
        card = desk.weighed().card
        assert card.total is None
        assert len(card.unscored) == 28


class TestADepartmentThatDiffers:
    def test_gets_full_points_for_ecology_when_that_is_not_its_duty(
        self, desk: Desk, book: Book
    ) -> None:
        desk.fill({"生态效益.目标值": "—", "生态效益.实际值": "—"}, {}, book)
        assert earned(desk.weighed(), "生态效益") == 4

    def test_loses_the_whole_leaf_for_misused_funds(self, desk: Desk, book: Book) -> None:
        misused = {("过程/预算管理/资金使用合规性", "否决"): ("发生", "专项资金用于接待。")}
        desk.fill({}, misused, book)
        assert earned(desk.weighed(), "资金使用合规性") == 0

    def test_loses_as_much_for_buying_over_budget_as_under(self, desk: Desk, book: Book) -> None:
        """846÷800=105.75%: two steps as for 94.25%."""
        desk.fill({"实际政府采购金额": "846.00"}, {}, book)
        assert earned(desk.weighed(), "政府采购执行率") == 1

    def test_without_a_budget_of_its_own_may_not_spend(self, desk: Desk, book: Book) -> None:
        desk.fill({"政府采购预算数": "0"}, {}, book)
        outcome = desk.weighed()
        assert earned(outcome, "政府采购执行率") == 2
        assert "purchase-unbudgeted" in broken(outcome)
        assert outcome.has_errors

    def test_without_carry_over_last_year_is_asked_how_to_read_it(
        self, desk: Desk, book: Book
    ) -> None:
        desk.fill({"年初结转和结余": "0", "年末结转和结余": "0"}, {}, book)
        assert earned(desk.weighed(), "结转结余变动率") is None
        desk.choose("结转结余变动率", "zero_base", "full")
        assert earned(desk.weighed(), "结转结余变动率") == 2

    def test_may_declare_weighted_satisfaction(self, filled: Desk) -> None:
        """(96×100+70×80+22×60+8×40+4×20)÷200 = 16920÷200 = 84.6%: the band of 83%."""
        filled.choose("社会公众或服务对象满意度", "measure", "五档加权")
        outcome = filled.weighed()
        leaf = outcome.card.framework.leaf("社会公众或服务对象满意度")
        award = next(award for award in outcome.card.awards if award.leaf is leaf)
        assert award.earned == Fraction("4.8")
        assert "84.6%" in award.equation


class TestTheCatalogue:
    @pytest.mark.parametrize("rule", RULES)
    def test_shows_every_rule_in_use(self, rule: str) -> None:
        used: set[object] = set()
        for folder in shipped():
            for leaf in load_framework(folder).leaves:
                inner = leaf.rule.get("then")
                used |= {leaf.rule["use"]}
                used |= {inner["use"]} if isinstance(inner, dict) else set()
        assert rule in used
