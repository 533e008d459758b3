"""What must hold between facts: holds, residue, broken, unknown, each in a sentence."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.checks.sentence import sentence
from steelyard.checks.tie_out import Result, TieOut, counts, errors_among, run_checks
from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec
from steelyard.facts.ledger import Fact, Ledger, Table, TableRow
from steelyard.facts.load_facts import read_value
from steelyard.formula.parse import parse
from steelyard.measure.units import PERCENT, unit_named
from steelyard.provenance.origin import Origin

YUAN = unit_named("万元")
ITEMS = {
    **{name: Item(name=name, unit=YUAN) for name in ("年初数", "追加数", "全年数", "合计数")},
    "占比": Item(name="占比", unit=PERCENT),
    "件数": Item(name="件数", unit=unit_named("件")),
    "开始": Item(name="开始", kind=Kind.DATE),
    "结束": Item(name="结束", kind=Kind.DATE),
    "等级": Item(name="等级", kind=Kind.TEXT),
    "全部": Item(name="全部", unit=YUAN, formula=parse("年初数 + 追加数")),
}
COLUMNS = (
    Column(name="编号", kind=Kind.TEXT),
    Column(name="名称", kind=Kind.TEXT),
    Column(name="上级", kind=Kind.TEXT),
    Column(name="预算", unit=YUAN),
    Column(name="决算", unit=YUAN),
)
TABLE = TableSpec(name="资金", key="编号", columns=COLUMNS)
DICTIONARY = Dictionary(items=ITEMS, tables={"资金": TABLE})
Rows = tuple[tuple[str, str, str, str, str], ...]


def checked(
    claim: str,
    facts: Mapping[str, str] | None = None,
    rows: Rows | None = None,
    **check: Any,
) -> tuple[Result, ...]:
    """Run one claim over facts and rows as people write them."""
    known = {
        name: Fact(
            name,
            read_value(text, ITEMS[name].kind, ITEMS[name].unit, (), name),
            Origin("报告", name),
        )
        for name, text in (facts or {}).items()
        if text
    }
    tables = {}
    if rows is not None:
        found = []
        for cells in rows:
            values = {
                column.name: read_value(cell, column.kind, column.unit, (), column.name)
                for column, cell in zip(COLUMNS, cells, strict=True)
            }
            found.append(TableRow(cells[0], values, Origin("附件2", cells[0])))
        tables["资金"] = Table("资金", tuple(found), Origin("附件2"))
    where = check.pop("where", None)
    tie_out = TieOut(
        id="sample",
        title="样例",
        claim=parse(claim),
        where=None if where is None else parse(where),
        **check,
    )
    return run_checks([tie_out], Ledger(DICTIONARY, known, tables))


def only(results: tuple[Result, ...]) -> tuple[str, str]:
    (result,) = results
    return result.state, sentence(result)


class TestAClaim:
    @pytest.mark.parametrize(
        ("claim", "facts", "state", "said"),
        [
            (
                "年初数 + 追加数 = 全年数",
                {"年初数": "10.00", "追加数": "5.50", "全年数": "15.50"},
                "holds",
                "样例：年初数+追加数=10.00+5.50=15.5万元，全年数为15.50万元，相符。",
            ),
            (
                "年初数 + 追加数 = 全年数",
                {"年初数": "10.00", "追加数": "5.50", "全年数": "15.51"},
                "residue",
                (
                    "样例：年初数+追加数=10.00+5.50=15.5万元，全年数为15.51万元，"
                    "相差0.01万元，在四舍五入尾差之内。"
                ),
            ),
            (
                "年初数 + 追加数 = 全年数",
                {"年初数": "10.00", "追加数": "5.50", "全年数": "15.52"},
                "broken",
                (
                    "样例：年初数+追加数=10.00+5.50=15.5万元，全年数为15.52万元，"
                    "应相等，相差0.02万元。"
                ),
            ),
            (
                "年初数 + 追加数 = 全年数",
                {"年初数": "10.00", "全年数": "15.52"},
                "unknown",
                "样例：缺少“追加数”，无法核对。",
            ),
            (
                "年初数 ≤ 全年数",
                {"年初数": "12", "全年数": "10"},
                "broken",
                "样例：年初数为12万元，全年数为10万元，前者应不大于后者，相差2万元。",
            ),
            (
                "年初数 ≠ 全年数",
                {"年初数": "10", "全年数": "10"},
                "broken",
                "样例：年初数为10万元，全年数为10万元，两者应不同。",
            ),
            (
                "年初数 > 0万元",
                {"年初数": "0.00"},
                "broken",
                "样例：年初数为0.00万元，应大于0万元。",
            ),
            (
                "开始 ≤ 结束",
                {"开始": "2024-11-08", "结束": "2024-09-24"},
                "broken",
                "样例：开始为2024年11月8日，结束为2024年9月24日，前者应不晚于后者。",
            ),
            (
                "等级 = “良”",
                {"等级": "中"},
                "broken",
                "样例：等级为“中”，应为“良”。",
            ),
            (
                "全部 = 全年数",
                {"年初数": "1.0", "追加数": "2.0", "全年数": "3.0"},
                "holds",
                "样例：全部为3万元，全年数为3.0万元，相符。",
            ),
        ],
    )
    def test_comes_to_a_state_and_a_sentence(
        self, claim: str, facts: dict[str, str], state: str, said: str
    ) -> None:
        assert only(checked(claim, facts)) == (state, said)

    @pytest.mark.parametrize(
        ("operator", "holding"),
        [("=", "="), ("≠", "<>"), ("<", "<"), ("≤", "<="), (">", ">"), ("≥", ">=")],
    )
    def test_holds_as_its_sign_says(self, operator: str, holding: str) -> None:
        for sign, value in (("<", "1"), ("=", "2"), (">", "3")):
            (result,) = checked(f"年初数 {operator} 全年数", {"年初数": value, "全年数": "2"})
            assert (result.state == "holds") == (sign in holding)

    def test_may_join_several(self) -> None:
        facts = {"年初数": "1", "全年数": "2"}
        assert only(checked("年初数 > 0万元 且 全年数 > 5万元", facts)) == (
            "broken",
            "样例：年初数>0万元且全年数>5万元（1>0且2>5），不成立。",
        )
        assert only(checked("年初数 > 0万元 且 全年数 > 1万元", facts))[0] == "holds"

    def test_that_divides_by_nothing_is_unknown_and_says_so(self) -> None:
        state, said = only(
            checked("年初数 / 追加数 = 占比", {"年初数": "1", "追加数": "0", "占比": "1"})
        )
        assert state == "unknown"
        assert said.startswith("样例：“年初数÷追加数”的分母“追加数”为零")
        assert said.endswith("，无法核对。")

    def test_knows_where_its_figures_stand(self) -> None:
        (result,) = checked("年初数 = 全年数", {"年初数": "1", "全年数": "2"})
        assert [str(origin) for origin in result.origins] == ["报告 › 年初数", "报告 › 全年数"]
        assert result.difference is not None
        assert result.difference.amount == -1
        assert result.is_error
        (hint,) = checked("年初数 = 全年数", {"年初数": "1", "全年数": "2"}, severity="hint")
        assert not hint.is_error
        assert errors_among((result, hint)) == (result,)
        assert counts((result, hint)) == {"holds": 0, "residue": 0, "broken": 2, "unknown": 0}


class TestADash:
    def test_is_nought_of_the_other_side(self) -> None:
        assert only(checked("年初数 = 全年数", {"年初数": "—", "全年数": "0.00"}))[0] == "holds"
        state, said = only(checked("年初数 = 全年数", {"年初数": "5.00", "全年数": "—"}))
        assert (state, said) == (
            "broken",
            "样例：年初数为5.00万元，全年数为0万元，应相等，相差5万元。",
        )
        assert only(checked("年初数 = 全年数", {"年初数": "—", "全年数": "—"}))[0] == "holds"

    def test_in_a_sum_is_passed_over(self) -> None:
        facts = {"年初数": "10.00", "追加数": "—", "全年数": "10.00"}
        assert only(checked("年初数 + 追加数 = 全年数", facts))[0] == "holds"


class TestResidue:
    @settings(max_examples=150, deadline=None)
    @given(
        cents=st.lists(st.integers(0, 9999), min_size=1, max_size=6),
        off=st.integers(-8, 8),
    )
    def test_is_at_most_half_a_unit_for_each_figure(self, cents: list[int], off: int) -> None:
        rows = tuple(
            (f"{n}", f"{n}", "总", f"{c // 100}.{c % 100:02}", "0.00") for n, c in enumerate(cents)
        )
        total = sum(cents) + off
        sign = "-" if total < 0 else ""
        facts = {"全年数": f"{sign}{abs(total) // 100}.{abs(total) % 100:02}"}
        (result,) = checked("sum(资金.预算) = 全年数", facts, rows)
        # Half a cent for every row, and half a cent for the printed total.
        wanted = "holds" if off == 0 else "residue"
        assert result.state == (wanted if 2 * abs(off) <= len(cents) + 1 else "broken")

    @pytest.mark.parametrize(
        ("claim", "facts", "state"),
        [
            ("年初数 = 全年数", {"年初数": "10.00", "全年数": "10.01"}, "residue"),
            ("年初数 = 全年数", {"年初数": "10.0", "全年数": "10.06"}, "broken"),
            ("年初数 = 全年数", {"年初数": "10.0", "全年数": "10.05"}, "residue"),
            ("年初数 = 全年数", {"年初数": "10.0", "全年数": "10.055"}, "broken"),
            ("年初数 = 全年数", {"年初数": "10", "全年数": "11"}, "broken"),
            ("年初数 × 3 = 全年数", {"年初数": "1.11", "全年数": "3.35"}, "residue"),
            ("年初数 × 3 = 全年数", {"年初数": "1.11", "全年数": "3.36"}, "broken"),
            ("全部 = 全年数", {"年初数": "1.00", "追加数": "1.00", "全年数": "2.01"}, "residue"),
            ("全部 = 全年数", {"年初数": "1.00", "追加数": "1.00", "全年数": "2.02"}, "broken"),
            ("abs(年初数 - 追加数) = 全年数",
             {"年初数": "1.00", "追加数": "3.00", "全年数": "2.01"}, "residue"),
            ("-年初数 = 全年数", {"年初数": "1.00", "全年数": "-1.01"}, "residue"),
            ("年初数 ≤ 全年数", {"年初数": "1.01", "全年数": "1.00"}, "residue"),
            ("年初数 ≥ 全年数", {"年初数": "1.00", "全年数": "1.01"}, "residue"),
            ("年初数 < 全年数", {"年初数": "1.00", "全年数": "1.00"}, "broken"),
            ("年初数 / 追加数 = 占比", {"年初数": "1", "追加数": "3", "占比": "33.33"}, "residue"),
        ],
    )  # fmt: skip
    def test_ends_exactly_at_its_bound(self, claim: str, facts: dict[str, str], state: str) -> None:
        assert only(checked(claim, facts))[0] == state

    def test_is_none_where_both_sides_are_rounded_alike(self) -> None:
        facts = {"年初数": "1", "追加数": "3", "占比": "33.33"}
        assert only(checked("年初数 / 追加数 = 占比", facts, places=2))[0] == "holds"
        assert only(checked("年初数 / 追加数 = 占比", {**facts, "占比": "33.34"}, places=2))[0] == (
            "broken"
        )


class TestAClaimOverRows:
    ROWS: Rows = (
        ("总", "总计", "—", "30.00", "20.00"),
        ("一", "基本支出", "总", "10.00", "10.00"),
        ("二", "项目支出", "总", "20.00", "9.00"),
    )

    def test_is_run_for_every_row_and_names_it(self) -> None:
        results = checked("决算 ≤ 预算", rows=self.ROWS, each="资金")
        assert [result.state for result in results] == ["holds"] * 3
        assert sentence(results[1]) == (
            "样例（资金·基本支出）：决算为10.00万元，预算为10.00万元，相符。"
        )
        assert str(results[1].origins[0]) == "附件2 › 一"

    def test_is_only_run_where_it_is_about(self) -> None:
        (result,) = checked("决算 = 预算", rows=self.ROWS, each="资金", where="名称 = “项目支出”")
        assert sentence(result) == (
            "样例（资金·项目支出）：决算为9.00万元，预算为20.00万元，应相等，相差11万元。"
        )

    def test_reads_its_own_row_inside_a_sum(self) -> None:
        claim = "决算 = sum(资金.决算, 上级 = 本行.编号)"
        where = "any(资金, 上级 = 本行.编号)"
        (result,) = checked(claim, rows=self.ROWS, each="资金", where=where)
        assert result.row is not None
        assert result.row.key == "总"
        assert (result.state, result.difference and result.difference.amount) == (
            "broken",
            Fraction(1),
        )

    def test_falls_back_on_data_items(self) -> None:
        results = checked("决算 ≤ 全年数", {"全年数": "15.00"}, self.ROWS, each="资金")
        assert [result.state for result in results] == ["broken", "holds", "holds"]

    def test_over_a_table_that_was_not_given_is_unknown(self) -> None:
        assert only(checked("决算 = 预算", each="资金")) == (
            "unknown",
            "样例：表“资金”未提供，无法核对。",
        )

    def test_with_a_missing_cell_is_unknown(self) -> None:
        rows: Rows = (("一", "基本支出", "总", "", "1.00"),)
        assert only(checked("决算 = 预算", rows=rows, each="资金")) == (
            "unknown",
            "样例（资金·基本支出）：缺少“预算”，无法核对。",
        )

    def test_stops_nothing_when_its_own_condition_divides_by_nothing(self) -> None:
        rows: Rows = (("一", "基本支出", "总", "0.00", "1.00"), self.ROWS[1])
        results = checked("决算 = 预算", rows=rows, each="资金", where="决算 / 预算 > 0.5")
        assert [result.state for result in results] == ["unknown", "holds"]
        assert sentence(results[0]).startswith("样例（资金·基本支出）：“决算÷预算”的分母“预算”为零")


class TestADay:
    def test_is_compared_as_a_day_however_it_is_written(self) -> None:
        (result,) = checked("开始 < 结束", {"开始": "2024-09-24", "结束": "2024年11月8日"})
        assert (result.left, result.right) == (date(2024, 9, 24), date(2024, 11, 8))
        assert (result.state, result.difference) == ("holds", None)
