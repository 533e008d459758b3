"""Small frameworks of one's own, read from a folder: what their totals and reach come to."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.framework.load import UnknownVersion, find_framework

HEAD = """
id = "small"
version = "1"
title = "小样"
points = 100
[[grade]]
name = "优"
floor = 90
[[grade]]
name = "差"
floor = 0
"""
ITEMS = """
[[item]]
name = "甲"
unit = "万元"
[[item]]
name = "乙"
unit = "万元"
"""


def leaf(name: str, points: str, more: str = "") -> str:
    return (
        f'[[leaf]]\npath = "一/{name}"\npoints = {points}\nmeasure = "甲 / 乙"\n{more}'
        '\n[leaf.rule]\nuse = "completion"\n'
    )


def weighed(
    folder: Path, framework: str, facts: str, conflicts: str = "", items: str = ITEMS
) -> Outcome:
    (folder / "rubric").mkdir()
    (folder / "rubric" / "framework.toml").write_text(framework, encoding="utf-8")
    (folder / "rubric" / "items.toml").write_text(items, encoding="utf-8")
    (folder / "evaluation.toml").write_text(
        'title = "小样"\ndepartment = "某局"\nyear = 2024\nframework = "./rubric"\n',
        encoding="utf-8",
    )
    (folder / "facts.csv").write_text("数据项,数值,单位\n" + facts, encoding="utf-8")
    if conflicts:
        head = "编号,数据项,另一值,单位,来源,位置,引文,状态,采信理由\n"
        (folder / "conflicts.csv").write_text(head + conflicts, encoding="utf-8")
    return evaluate(load_evaluation(folder))


class TestTheReach:
    def test_walks_how_a_gap_is_read_that_only_a_dispute_opens(self, tmp_path: Path) -> None:
        """乙 is 2, or 0; a zero base earns full points, or none: 100, or 80"""
        guarded = leaf(
            "子", "20", 'reading.zero_base = {use = "full", also = ["zero"], why = "未写明"}'
        )
        framework = HEAD + guarded + leaf("丑", "80").replace("甲 / 乙", "甲 / 甲")
        outcome = weighed(tmp_path, framework, "甲,2,\n乙,2,\n", "1,乙,0,,,,,未决,两说\n")
        assert outcome.card.total == 100
        assert outcome.envelope is not None
        assert outcome.envelope.low == 80
        assert outcome.envelope.high == 100
        assert [len(flip.alternatives) for flip in outcome.envelope.flips] == [2]

    def test_tells_of_ways_that_leave_no_total(self, tmp_path: Path) -> None:
        framework = HEAD + leaf("子", "100")
        outcome = weighed(tmp_path, framework, "甲,2,\n乙,2,\n", "1,乙,0,,,,,未决,两说\n")
        assert outcome.envelope is not None
        (ways,) = outcome.envelope.without_total
        assert [str(way.conflict.target) for way in ways if way.conflict] == ["乙"]


class TestARoundedSum:
    def test_is_what_its_levels_add_up_to(self, tmp_path: Path) -> None:
        """3 × 33⅓: each prints 33.33, all together are 100"""
        framework = HEAD.replace("points = 100", 'points = 300\ntotal = "rounded-sum"')
        framework += "".join(leaf(name, "100") for name in "子丑寅")
        framework += '[[group]]\npath = "一"\npoints = 300\n'
        outcome = weighed(tmp_path, framework, "甲,1,\n乙,3,\n")
        assert outcome.card.total == 100
        assert [level.earned for level in outcome.card.levels] == [Fraction(100)]


class TestATable:
    SPEC = (
        '[[table]]\nname = "表"\nkey = "序号"\n[[table.column]]\nname = "序号"\nkind = "文字"\n'
        '[[table.column]]\nname = "金额"\nunit = "万元"\n'
    )

    def test_with_a_dash_for_its_key_may_hold_nothing_else(self, tmp_path: Path) -> None:
        (tmp_path / "tables").mkdir()
        (tmp_path / "tables" / "表.csv").write_text("序号,金额\n—,5\n", encoding="utf-8")
        with pytest.raises(SteelyardError) as refused:
            weighed(tmp_path, HEAD + leaf("子", "100"), "甲,1,\n乙,1,\n", items=ITEMS + self.SPEC)
        assert "“金额”填了数据" in str(refused.value)

    @pytest.mark.parametrize("name", ["../外", "a/b", "甲:乙", ".隐", "长" * 31])
    def test_has_a_name_that_can_be_a_file(self, tmp_path: Path, name: str) -> None:
        items = ITEMS + self.SPEC.replace('name = "表"', f'name = "{name}"')
        with pytest.raises(SteelyardError) as refused:
            weighed(tmp_path, HEAD + leaf("子", "100"), "甲,1,\n乙,1,\n", items=items)
        assert "表名不能用作文件名" in str(refused.value)


class TestAVersion:
    def test_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(UnknownVersion):
            find_framework("qiannan-2023@9")
        assert find_framework("qiannan-2023@1").name == "qiannan-2023"


class TestAStrayFile:
    @pytest.mark.parametrize("name", ["judgement.csv", "tables/表.CSV"])
    def test_is_not_passed_over_in_silence(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "tables").mkdir()
        (tmp_path / name).write_text("指标,要点,结论\n", encoding="utf-8")
        with pytest.raises(SteelyardError) as refused:
            weighed(tmp_path, HEAD + leaf("子", "100"), "甲,1,\n乙,1,\n")
        assert f"“{name}”不会被读取" in str(refused.value)


class TestAReservedName:
    @pytest.mark.parametrize("name", ["x", "①", "否决", "本行"])
    def test_is_no_name_of_a_data_item(self, tmp_path: Path, name: str) -> None:
        items = ITEMS + f'[[item]]\nname = "{name}"\n'
        with pytest.raises(SteelyardError) as refused:
            weighed(tmp_path, HEAD + leaf("子", "100"), "甲,1,\n乙,1,\n", items=items)
        assert "另有用处" in str(refused.value)


class TestARuleThatDivides:
    def test_has_its_zero_denominator_read_too(self, tmp_path: Path) -> None:
        """The target of growth is 0; read as full"""
        text = (
            '[[leaf]]\npath = "一/子"\npoints = 100\nmeasure = "甲 / 乙"\n'
            'reading.zero_base = {use = "full", why = "无目标"}\n'
            '[leaf.rule]\nuse = "completion-growth"\ntarget = "乙 / 甲 - 1"\n'
        )
        outcome = weighed(tmp_path, HEAD + text, "甲,2,\n乙,2,\n")
        assert outcome.card.total == 100
