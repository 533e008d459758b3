"""What is asked of whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.request.department import asked, dictionary, ledger

from steelyard.facts.dictionary import Dictionary
from steelyard.intake.request.ask import Share, shares_of

SUPPLIERS = """
[[item]]
name = "编制数"
unit = "人"

[[item]]
name = "决算数"
unit = "万元"
supplier = "财务"

[[goal]]
name = "产值"
unit = "亿元"
supplier = "业务"

[[table]]
name = "项目"
key = "序号"
supplier = "财务"

[[table.column]]
name = "序号"
kind = "文字"
"""


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    return dictionary(tmp_path)


class TestEachSupplier:
    def test_is_asked_for_its_own(self, tmp_path: Path) -> None:
        shares = {share.supplier: share for share in shares_of(dictionary(tmp_path, SUPPLIERS))}
        assert [each.item.name for each in shares["财务"].figures] == ["决算数"]
        assert [each.spec.name for each in shares["财务"].tables] == ["项目"]
        assert [each.goal.name for each in shares["业务"].goals] == ["产值"]

    def test_comes_in_the_order_of_the_dictionary_and_nobody_last(self, tmp_path: Path) -> None:
        shares = shares_of(dictionary(tmp_path, SUPPLIERS))
        assert [share.supplier for share in shares] == ["财务", "业务", "综合"]


class TestARequest:
    def share(self, known: Dictionary) -> Share:
        (share,) = asked(known).shares
        return share

    def test_does_not_ask_for_what_is_computed(self, known: Dictionary) -> None:
        assert "结余" not in [each.item.name for each in self.share(known).figures]

    def test_asks_for_both_sides_of_a_goal_in_one_place(self, known: Dictionary) -> None:
        share = self.share(known)
        assert [each.goal.name for each in share.goals] == ["产值", "代表性效益"]
        assert not [each for each in share.figures if "目标值" in each.item.name]

    def test_says_what_a_figure_is_for(self, known: Dictionary) -> None:
        uses = {each.item.name: each.uses for each in self.share(known).figures}
        assert uses["决算数"] == ("预算完成率",)
        assert uses["编制数"] == ()

    def test_brings_what_the_folder_holds(self, known: Dictionary, tmp_path: Path) -> None:
        has = ledger(tmp_path, known, "决算数,80,万元,,,,\n", table="1,甲,2,,\n")
        (share,) = asked(known, has).shares
        assert [each.item.name for each in share.figures if each.given] == ["决算数"]
        assert share.given == 2
        assert share.asked == 7 + 2 * 2 + 1


class TestTheFingerprint:
    def test_stays_when_figures_come_in(self, known: Dictionary, tmp_path: Path) -> None:
        has = ledger(tmp_path, known, "决算数,80,万元,,,,\n")
        assert asked(known, has).shares[0].fingerprint == asked(known).shares[0].fingerprint

    @pytest.mark.parametrize(
        ("before", "after"),
        [('unit = "人"', 'unit = "个"'), ('"良", ', ""), ('name = "日期"', 'name = "时间"')],
        ids=["unit", "choices", "column"],
    )
    def test_changes_with_the_dictionary(
        self, known: Dictionary, tmp_path: Path, before: str, after: str
    ) -> None:
        text = (tmp_path / "items.toml").read_text(encoding="utf-8")
        other = dictionary(tmp_path, text.replace(before, after))
        assert asked(other).shares[0].fingerprint != asked(known).shares[0].fingerprint
