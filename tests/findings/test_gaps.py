"""Where the chain does not close: each kind told in one sentence that accuses nobody."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.findings.conftest import ASSET_RULES, GOAL, GREEN, PATHS, RATE, Files, Row, card
from tests.findings.test_chain import chains

from steelyard.findings.chain import Chain
from steelyard.findings.finding import Finding
from steelyard.findings.gaps import SEVERITIES, ChainGap, Kind, gaps
from steelyard.framework.indicator import UnknownIndicator

BLAME = re.compile(
    r"[你您!！]|非法|无效|违规|违反|错误|失误|失职|责任|忘|漏|竟|不得|必须|禁止|拒绝"
)
COST = {GOAL: "0.5"}


def told(files: Files) -> tuple[ChainGap, ...]:
    assert files.said == []
    return gaps(files.read(), card(COST))


class TestAChainWithoutGaps:
    def test_has_nothing_to_tell(self, files: Files, found: Row, advised: Row) -> None:
        files.write([found()], [advised()])
        assert told(files) == ()

    def test_is_also_an_empty_one_over_full_marks(self) -> None:
        assert gaps(Chain(), card({})) == ()


class TestADeductionWithoutFinding:
    def test_names_leaf_and_points(self) -> None:
        (gap,) = gaps(Chain(), card({RATE: "0.72"}))
        assert (gap.kind, gap.severity, gap.subject) == (
            "deduction-without-finding",
            "warning",
            RATE,
        )
        assert gap.what == "“过程/预算调整率”扣0.72分，没有对应的问题。"
        assert "findings.csv" in gap.mend
        assert gap.where == ""

    def test_is_none_where_a_finding_names_the_leaf(self, files: Files, found: Row) -> None:
        chain = files.chain([found(指标="预算调整率、节能、减排")])
        lost = card({RATE: "0.72", GREEN: "1", ASSET_RULES: "0.25"})
        assert [
            gap.subject for gap in gaps(chain, lost) if gap.kind == "deduction-without-finding"
        ] == [ASSET_RULES]

    def test_is_none_while_the_leaf_is_not_scored(self) -> None:
        assert gaps(Chain(), card({RATE: None})) == ()


class TestAFinding:
    @pytest.mark.parametrize(
        ("column", "kind", "severity", "what"),
        [
            ("表现", "finding-without-description", "warning", "没有写明表现。"),
            ("证据", "finding-without-evidence", "error", "没有证据。"),
            ("原因", "finding-without-cause", "warning", "没有写明原因。"),
        ],
    )
    @pytest.mark.parametrize("cell", ["", "—"])
    def test_that_says_not_all_it_should_is_told(
        self, files: Files, found: Row, advised: Row, *,
        column: str, kind: str, severity: str, what: str, cell: str,
    ) -> None:  # fmt: skip
        files.write([found(**{column: cell})], [advised()])
        (gap,) = told(files)
        assert (gap.kind, gap.severity, gap.subject) == (kind, severity, "W01")
        assert gap.what == f"问题W01“绩效目标与规划衔接不够”{what}"
        assert f"“{column}”" in gap.mend
        assert gap.where == "findings.csv 第2行"

    def test_without_recommendation_is_told(self, files: Files, found: Row) -> None:
        files.write([found()], [])
        (gap,) = told(files)
        assert (gap.kind, gap.severity) == ("finding-without-recommendation", "warning")
        assert gap.what == "问题W01“绩效目标与规划衔接不够”没有对应的建议。"
        assert "recommendations.csv" in gap.mend

    def test_whose_leaf_lost_nothing_is_hinted_at(
        self, files: Files, found: Row, advised: Row
    ) -> None:
        files.write([found(指标=f"{GOAL}、{RATE}、{GREEN}")], [advised()])
        (gap,) = told(files)
        assert (gap.kind, gap.severity, gap.is_hint) == ("finding-without-deduction", "hint", True)
        assert gap.what == (
            "问题W01“绩效目标与规划衔接不够”所列指标“过程/预算调整率”、“效益/节能、减排”没有扣分。"
        )

    def test_whose_leaf_is_not_scored_yet_is_left_alone(
        self, files: Files, found: Row, advised: Row
    ) -> None:
        chain = files.chain([found()], [advised()])
        assert gaps(chain, card({GOAL: None})) == ()

    def test_that_names_no_leaf_is_hinted_at(self, files: Files, found: Row, advised: Row) -> None:
        files.write([found(), found("W02", 指标="")], [advised(问题="W01、W02")])
        (gap,) = told(files)
        assert (gap.kind, gap.severity) == ("finding-without-leaf", "hint")
        assert "未影响得分" in gap.what

    def test_on_a_leaf_of_another_framework_is_refused(self) -> None:
        chain = Chain((Finding(number="W01", category="甲", title="乙", leaves=("别处/指标",)),))
        with pytest.raises(UnknownIndicator):
            gaps(chain, card({}))


class TestARecommendation:
    def test_without_finding_is_told(self, files: Files, found: Row, advised: Row) -> None:
        files.write([found()], [advised(), advised("J02", 问题="")])
        (gap,) = told(files)
        assert (gap.kind, gap.severity, gap.subject) == (
            "recommendation-without-finding",
            "warning",
            "J02",
        )
        assert gap.what == "建议J02“按规划编制年度目标”没有对应的问题。"
        assert gap.where == "recommendations.csv 第3行"

    def test_without_content_is_told(self, files: Files, found: Row, advised: Row) -> None:
        files.write([found()], [advised(内容="")])
        (gap,) = told(files)
        assert (gap.kind, gap.severity) == ("recommendation-without-content", "warning")


class TestGaps:
    def test_of_every_kind_have_a_severity(self) -> None:
        assert set(SEVERITIES) == set(get_args(Kind))

    def test_come_by_deduction_then_finding_then_recommendation(
        self, files: Files, found: Row, advised: Row
    ) -> None:
        chain = files.chain(
            [found("W02", 证据=""), found("W01", 原因="")], [advised(问题="W01、W02", 内容="")]
        )
        lost = card({GOAL: "1", RATE: "1", ASSET_RULES: "2"})
        subjects = [gap.subject for gap in gaps(chain, lost)]
        assert subjects == [RATE, ASSET_RULES, "W02", "W01", "J01"]

    @given(chains(), st.dictionaries(st.sampled_from(PATHS), st.sampled_from(["0", "0.5", None])))
    def test_accuse_nobody_and_say_how_to_close_them(
        self, chain: Chain, lost: dict[str, str | None]
    ) -> None:
        for gap in gaps(chain, card(lost)):
            assert gap.what.endswith("。")
            assert gap.mend.endswith("。")
            assert not BLAME.search(gap.what + gap.mend), gap

    @given(chains(), st.dictionaries(st.sampled_from(PATHS), st.sampled_from(["0", "0.5", None])))
    def test_are_each_told_once_and_only_for_what_is_so(
        self, chain: Chain, lost: dict[str, str | None]
    ) -> None:
        """Reckoned a second time, from the tables of links alone."""
        scored = {path: lost.get(path, "0") for path in PATHS}
        named = {path for finding in chain.findings for path in finding.leaves}
        answered = {number for each in chain.recommendations for number in each.findings}
        expected = [
            *(("deduction-without-finding", p) for p in PATHS
              if scored[p] == "0.5" and p not in named),
            *(("finding-without-description", f.number) for f in chain.findings
              if not f.description.strip()),
            *(("finding-without-evidence", f.number) for f in chain.findings if not f.evidence),
            *(("finding-without-cause", f.number) for f in chain.findings if not f.cause),
            *(("finding-without-recommendation", f.number) for f in chain.findings
              if f.number not in answered),
            *(("finding-without-leaf", f.number) for f in chain.findings if not f.leaves),
            *(("finding-without-deduction", f.number) for f in chain.findings
              if any(scored[p] == "0" for p in f.leaves)),
            *(("recommendation-without-content", r.number) for r in chain.recommendations
              if not r.content.strip()),
            *(("recommendation-without-finding", r.number) for r in chain.recommendations
              if not r.findings),
        ]  # fmt: skip
        found = [(gap.kind, gap.subject) for gap in gaps(chain, card(lost))]
        assert sorted(found) == sorted(expected)
