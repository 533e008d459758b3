"""checks.toml: what it may hold, and what is said of mistakes in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from steelyard.checks.load import load_checks
from steelyard.checks.tie_out import TieOut
from steelyard.errors import Gathered, SteelyardError
from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec
from steelyard.measure.units import unit_named

YUAN = unit_named("万元")
DICTIONARY = Dictionary(
    items={
        "全年数": Item(name="全年数", unit=YUAN),
        "人数": Item(name="人数", unit=unit_named("人")),
    },
    tables={
        "资金": TableSpec(
            name="资金",
            key="编号",
            columns=(
                Column(name="编号", kind=Kind.TEXT),
                Column(name="预算", unit=YUAN),
                Column(name="决算", unit=YUAN),
            ),
        )
    },
)
Loaded = Callable[[str], tuple[TieOut, ...]]


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    def read(text: str) -> tuple[TieOut, ...]:
        (tmp_path / "checks.toml").write_text(text, encoding="utf-8")
        return load_checks(tmp_path, DICTIONARY)

    return read


class TestAFileOfChecks:
    def test_may_be_absent(self, tmp_path: Path) -> None:
        assert load_checks(tmp_path, DICTIONARY) == ()

    def test_repeats_a_check_for_every_column(self, loaded: Loaded) -> None:
        checks = loaded(
            """
            [[check]]
            id = "parts"
            title = "{列}不为负"
            each = "资金"
            where = "{列} ≠ 0万元"
            columns = ["预算", "决算"]
            claim = "{列} ≥ 0万元"
            severity = "warning"
            places = 2
            note = "说明"
            """
        )
        assert [(check.id, check.title) for check in checks] == [
            ("parts:预算", "预算不为负"),
            ("parts:决算", "决算不为负"),
        ]
        assert {(check.severity, check.places, check.kind) for check in checks} == {
            ("warning", 2, "勾稽")
        }
        assert all(check.where is not None for check in checks)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('claim = "全年数 = 0万元"', "缺少“title”"),
            ('title = "样例"', "缺少“claim”"),
            ('title = "样例"\nclaim = "全年数 ="', "算式"),
            ('title = "样例"\nclaim = "全年数 + 1万元"', "不是条件"),
            ('title = "样例"\nclaim = "预算 = 0万元"', "数据字典中没有“预算”"),
            ('title = "样例"\nclaim = "全年数 = 人数"', "不能相加减或比较"),
            ('title = "样例"\nclaim = "全年数 = 0万元"\neach = "项目"', "数据字典中没有表“项目”"),
            ('title = "样例"\nclaim = "预算 = 0万元"\neach = "资金"\nwhere = "预算"', "不是条件"),
            ('title = "样例"\nclaim = "预算 = 本行.金额"\neach = "资金"', "金额"),
            ('title = "样例"\nclaim = "全年数 = 0万元"\nseverity = "fatal"', "不认识的级别“fatal”"),
            ('title = "样例"\nclaim = "全年数 = 0万元"\nplace = 2', "不认识的项“place”"),
            ('title = "样例"\nclaim = "全年数 = 0万元"\nplaces = -1', "保留位数应为0至12的整数"),
            ('title = "样例"\nclaim = "全年数 = 0万元"\nplaces = 2.5', "保留位数应为0至12的整数"),
            ('title = "样例"\nclaim = "全年数 = 0万元"\nplaces = 999999999', "保留位数应为0至12"),
        ],
    )  # fmt: skip
    def test_with_a_mistake_is_refused_at_its_place(
        self, loaded: Loaded, text: str, said: str
    ) -> None:
        with pytest.raises(Gathered) as caught:
            loaded(f'[[check]]\nid = "sample"\n{text}\n')
        assert said in str(caught.value)
        for error in caught.value.errors:
            assert error.where.startswith("checks.toml 第")

    def test_tells_all_mistakes_together(self, loaded: Loaded) -> None:
        with pytest.raises(Gathered) as caught:
            loaded(
                '[[check]]\nid = "one"\ntitle = "甲"\nclaim = "全年数 = 人数"\n'
                '[[check]]\nid = "one"\ntitle = "乙"\nclaim = "全年数 = 0万元"\n'
                '[[check]]\nid = "one"\ntitle = "丙"\nclaim = "全年数 = 0万元"\n'
                "[other]\n"
            )
        said = str(caught.value)
        assert "编号“one”用了两次" in said
        assert "不认识的项“other”" in said
        assert "不能相加减或比较" in said
        assert len(caught.value.errors) == 3

    def test_that_is_no_toml_is_refused(self, loaded: Loaded) -> None:
        with pytest.raises(SteelyardError):
            loaded("[[check]\n")
