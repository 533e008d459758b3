"""Made folders are what they promise: whole, consistent, scored as reckoned, reproducible."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.made.folder import make_folder
from tests.made.gaps import make_gaps, make_unscored
from tests.made.made import Made
from tests.made.style import SAMPLE, SELF_REPORT, SURVEY, THREE_PUBLIC, style_of

from steelyard.checks.tie_out import errors_among
from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.report.compose.composer import Composed, compose
from steelyard.report.compose.load_outline import find_outline
from steelyard.report.compose.material import load_material
from steelyard.report.model.blocks import Table

SEEDS = range(1, 13)


@dataclass(frozen=True)
class Whole:
    """A made folder, weighed and composed."""

    made: Made
    outcome: Outcome
    report: Composed


def weighed(folder: Path) -> Outcome:
    return evaluate(load_evaluation(folder))


def composed(folder: Path, outcome: Outcome) -> Composed:
    material = load_material(folder)
    kind = outcome.card.framework.kind
    return compose(outcome, material, find_outline(material.outline, kind, folder))


@pytest.fixture(scope="module")
def wholes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Whole]:
    found = {}
    for seed in SEEDS:
        made = make_folder(tmp_path_factory.mktemp("made") / "evaluation", seed)
        outcome = weighed(made.folder)
        found[seed] = Whole(made, outcome, composed(made.folder, outcome))
    return found


@pytest.fixture(params=SEEDS)
def whole(request: pytest.FixtureRequest, wholes: dict[int, Whole]) -> Whole:
    return wholes[request.param]


def prints(*folders: Path) -> dict[str, str]:
    return {
        f"{number}/{path.relative_to(folder)}": hashlib.sha256(path.read_bytes()).hexdigest()
        for number, folder in enumerate(folders)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class TestEveryFolder:
    def test_is_scored_leaf_by_leaf_as_its_maker_reckoned(self, whole: Whole) -> None:
        earned = {award.leaf.text: award.earned for award in whole.outcome.card.awards}
        assert earned == whole.made.earned

    def test_comes_to_the_total_and_grade_expected(self, whole: Whole) -> None:
        card = whole.outcome.card
        assert card.total == whole.made.total
        assert card.standing is not None
        assert card.standing.grade.name == whole.made.grade

    def test_ties_out_everywhere(self, whole: Whole) -> None:
        assert errors_among(whole.outcome.results) == ()
        assert {result.state for result in whole.outcome.results} <= {"holds", "residue"}

    def test_has_a_rubric_without_open_errors(self, whole: Whole) -> None:
        assert not whole.outcome.has_errors

    def test_has_a_finding_for_every_deduction_and_an_answer_to_every_finding(
        self, whole: Whole
    ) -> None:
        assert whole.outcome.chain_gaps == ()

    def test_agrees_with_the_scores_it_calls_published(self, whole: Whole) -> None:
        assert whole.outcome.differing == ()

    def test_adds_up_to_a_hundred_points(self, whole: Whole) -> None:
        framework = whole.outcome.card.framework
        assert sum(leaf.points for leaf in framework.leaves) == Fraction(100)
        assert len(framework.leaves) == whole.made.leaves

    def test_gives_a_report_without_gaps(self, whole: Whole) -> None:
        assert whole.report.document.gaps == ()

    def test_has_no_typed_number(self, whole: Whole) -> None:
        assert [str(typed) for typed in whole.report.typed] == []

    def test_has_tables_that_fill_their_grid(self, whole: Whole) -> None:
        tables = [block for block in whole.report.document.blocks() if isinstance(block, Table)]
        assert tables
        for table in tables:
            assert list(table.placed())


class TestTheSameSeed:
    def test_gives_the_same_bytes(self, whole: Whole, tmp_path: Path) -> None:
        again = make_folder(tmp_path / "evaluation", whole.made.seed)
        first = prints(whole.made.folder, whole.made.framework)
        assert prints(again.folder, again.framework) == first

    def test_gives_another_folder_than_the_next_one(self, wholes: dict[int, Whole]) -> None:
        facts = {(w.made.folder / "facts.csv").read_bytes() for w in wholes.values()}
        assert len(facts) == len(wholes)


class TestNamedStyles:
    def test_first_is_a_county_bureau_in_yuan(self, wholes: dict[int, Whole]) -> None:
        made, outcome = wholes[1].made, wholes[1].outcome
        framework = outcome.card.framework
        assert made.name.endswith("县交通运输局")
        assert (made.leaves, made.depth, framework.places) == (22, 3, 1)
        assert made.levels == ("决策", "过程", "产出", "效益")
        assert [grade.name for grade in framework.grades] == ["优秀", "良好", "合格", "不合格"]
        assert outcome.evaluation.ledger.dictionary.items["全年预算数"].unit.name == "元"
        assert made.left_out == (SELF_REPORT,)

    def test_second_is_a_provincial_hospital_on_the_frame_of_2018(
        self, wholes: dict[int, Whole]
    ) -> None:
        made, outcome = wholes[2].made, wholes[2].outcome
        dictionary = outcome.evaluation.ledger.dictionary
        assert "省" in made.name
        assert made.name.endswith("医院")
        assert (made.leaves, made.depth) == (48, 4)
        assert made.levels == (
            "运行成本",
            "管理效率",
            "履职效能",
            "社会效应",
            "可持续发展能力",
            "服务对象满意度",
        )
        assert outcome.card.framework.total == "rounded-sum"
        assert dictionary.items["全年预算数"].unit.name == "亿元"
        assert dictionary.column("资金", "决算数").unit.name == "万元"
        assert THREE_PUBLIC not in dictionary.tables
        assert "抽样项目" not in dictionary.tables
        assert made.framework.parent == made.folder.parent
        assert outcome.envelope is not None
        assert outcome.envelope.low < outcome.envelope.high

    def test_third_is_a_project_of_two_and_three_levels(self, wholes: dict[int, Whole]) -> None:
        made, outcome = wholes[3].made, wholes[3].outcome
        framework = outcome.card.framework
        assert framework.kind == "项目支出"
        assert made.leaves == 18
        assert made.levels == ("决策", "过程", "产出", "效益")
        assert {len(leaf.path) for leaf in framework.leaves} == {2, 3}
        assert {"全年预算数", "实际到位资金", "实际支出资金"} <= set(
            outcome.evaluation.ledger.dictionary.items
        )


class TestDrawnStyles:
    def test_reach_every_variety(self) -> None:
        styles = [style_of(seed) for seed in range(4, 204)]
        assert {style.depth for style in styles} == {2, 3, 4}
        assert {style.kind for style in styles} == {"部门整体支出", "项目支出"}
        assert {style.survey for style in styles} == {"two", "one", "none"}
        assert {style.item_unit for style in styles} == {"元", "万元", "亿元"}
        assert {style.total for style in styles} == {"sum-of-rounded", "rounded-sum"}
        assert {part for style in styles for part in style.left_out} == {
            THREE_PUBLIC,
            SURVEY,
            SAMPLE,
            SELF_REPORT,
        }
        assert min(style.leaves for style in styles) < 15
        assert max(style.leaves for style in styles) > 55

    def test_use_every_rule_of_the_product(self, wholes: dict[int, Whole]) -> None:
        rules = {
            str(leaf.rule["use"])
            for whole in wholes.values()
            for leaf in whole.outcome.card.framework.leaves
        }
        assert rules == {
            "bands",
            "checklist",
            "checklist-defects",
            "checklist-share",
            "completion",
            "completion-growth",
            "completion-reverse",
            "deduct-share",
            "defects",
            "pass-fail",
            "per-task",
            "satisfaction",
            "split",
            "steps",
            "veto",
        }


class TestAStyleOfOnesOwn:
    def test_takes_the_place_of_the_seeds(self, tmp_path: Path) -> None:
        style = replace(style_of(1), sector="school", leaves=40, depth=2, left_out=(SAMPLE,))
        made = make_folder(tmp_path / "evaluation", 99, style=style)
        outcome = weighed(made.folder)
        assert made.name.endswith("职业技术学校")
        assert (made.leaves, made.left_out) == (40, (SAMPLE,))
        assert outcome.card.total == made.total
        assert composed(made.folder, outcome).document.gaps == ()


class TestGaps:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_are_those_of_what_was_taken(self, seed: int, tmp_path: Path) -> None:
        made = make_folder(tmp_path / "evaluation", seed)
        taken = make_gaps(made.folder, seed)
        outcome = weighed(made.folder)
        document = composed(made.folder, outcome).document
        assert sorted(gap.what for gap in document.gaps) == sorted(taken)
        assert outcome.card.total == made.total

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_reach_the_total_when_a_scored_figure_is_taken(self, seed: int, tmp_path: Path) -> None:
        made = make_folder(tmp_path / "evaluation", seed)
        goal = make_unscored(made.folder)
        outcome = weighed(made.folder)
        gaps = {gap.what for gap in composed(made.folder, outcome).document.gaps}
        assert [award.leaf.goal for award in outcome.card.unscored] == [goal]
        assert outcome.card.total is None
        assert {"总分的得分", "总分"} & gaps
