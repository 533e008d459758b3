"""The chain of findings can be walked both ways."""

import string

from hypothesis import given
from hypothesis import strategies as st
from tests.findings.conftest import ASSET_RULES, GOAL, PATHS, RATE, Files, Row

from steelyard.findings.chain import Chain
from steelyard.findings.finding import Finding, Recommendation

WORDS = st.text("目标预算资产{} %0123。\n", max_size=12).map(str.strip)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """A chain with links to leaves and findings at random."""
    count = draw(st.integers(0, 6))
    findings = tuple(
        Finding(
            number=f"W{n:02}",
            category=draw(st.sampled_from(["预算管理方面", "资产管理方面", "绩效管理方面"])),
            title=f"情况{n}",
            description=draw(WORDS),
            cause=draw(WORDS),
            leaves=tuple(draw(st.lists(st.sampled_from(PATHS), unique=True))),
            evidence=draw(WORDS),
        )
        for n in range(count)
    )
    numbers = st.sampled_from([each.number for each in findings]) if findings else st.nothing()
    recommendations = tuple(
        Recommendation(
            number=f"J{letter}",
            title="完善制度",
            content=draw(WORDS),
            findings=tuple(draw(st.lists(numbers, unique=True))),
        )
        for letter in string.ascii_uppercase[: draw(st.integers(0, 5))]
    )
    return Chain(findings, recommendations)


class TestAChain:
    def test_leads_from_a_leaf_to_its_findings_and_back(
        self, files: Files, found: Row, advised: Row
    ) -> None:
        """
        W01  绩效目标合理性
        W02  绩效目标合理性、预算调整率
        J01  W01、W02
        J02  W02
        """
        chain = files.chain(
            [found(), found("W02", 指标="绩效目标合理性、预算调整率")],
            [advised(问题="W01、W02"), advised("J02", 问题="W02")],
        )
        assert files.said == []
        first, second = chain.findings
        both, one = chain.recommendations
        assert chain.findings_on(GOAL) == (first, second)
        assert chain.findings_on(RATE) == (second,)
        assert chain.findings_on(ASSET_RULES) == ()
        assert second.leaves == (GOAL, RATE)
        assert chain.recommendations_for(first) == (both,)
        assert chain.recommendations_for(second) == (both, one)
        assert chain.findings_behind(both) == (first, second)
        assert chain.findings_behind(one) == (second,)

    def test_has_its_categories_in_the_order_of_their_first_finding(
        self, files: Files, found: Row
    ) -> None:
        chain = files.chain(
            [
                found("W01", 类别="资产管理方面"),
                found("W02", 类别="预算管理方面"),
                found("W03", 类别="资产管理方面"),
            ]
        )
        assert chain.categories == ("资产管理方面", "预算管理方面")
        assert [each.number for each in chain.findings_in("资产管理方面")] == ["W01", "W03"]
        assert chain.findings_in("其他") == ()

    def test_of_nothing_is_empty(self) -> None:
        assert Chain().is_empty
        assert Chain().categories == ()
        assert not Chain((Finding(number="W01", category="甲", title="乙"),)).is_empty
        assert not Chain((), (Recommendation(number="J01", title="乙"),)).is_empty

    @given(chains())
    def test_has_every_link_in_both_directions(self, chain: Chain) -> None:
        for finding in chain.findings:
            for path in PATHS:
                assert (finding in chain.findings_on(path)) == (path in finding.leaves)
            for recommendation in chain.recommendations:
                there = recommendation in chain.recommendations_for(finding)
                back = finding in chain.findings_behind(recommendation)
                assert there == back == (finding.number in recommendation.findings)

    @given(chains())
    def test_prints_every_finding_once_under_its_category(self, chain: Chain) -> None:
        printed = [each for name in chain.categories for each in chain.findings_in(name)]
        assert sorted(each.number for each in printed) == [each.number for each in chain.findings]


class TestADescription:
    def test_falls_into_its_paragraphs(self) -> None:
        text = "一是目标偏低。\n\n　　二是执行率为{{ 执行率 }}。"
        finding = Finding(number="W01", category="甲", title="乙", description=text)
        assert finding.paragraphs == ("一是目标偏低。", "二是执行率为{{ 执行率 }}。")
        assert Recommendation(number="J01", title="丙", content=text).paragraphs == (
            finding.paragraphs
        )
        assert Recommendation(number="J01", title="丙").paragraphs == ()
