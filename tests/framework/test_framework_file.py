"""framework.toml: only its shape is checked, and every mistake of it."""

from pathlib import Path

import pytest

from steelyard.errors import Gathered
from steelyard.files.records import BadToml
from steelyard.files.text import FileMissing
from steelyard.framework.indicator import Framework, UnknownIndicator
from steelyard.framework.load import (
    UnknownFramework,
    find_framework,
    load_framework,
    shipped,
)

HEAD = """\
id = "sample-2023"
version = "1"
title = "样例"
"""
GRADES = """\
[[grade]]
name = "优"
floor = 90
[[grade]]
name = "差"
floor = 0
"""
LEAF = """\
[[leaf]]
path = "过程/预算执行/预算调整率"
points = 2
measure = "甲 / 乙"
stated = "甲 / 乙"
[leaf.rule]
use = "deduct-share"
[leaf.term]
"预算数" = {item = "乙", defined = false, why = "未写明。"}
[leaf.reading]
negative = {use = "absolute", why = "同样。", also = ["none"]}
rate = "2"
"""


def leaf(path: str, *lines: str) -> str:
    return "\n".join(
        [
            "[[leaf]]",
            f'path = "{path}"',
            *(lines or ("points = 1",)),
            "[leaf.rule]",
            'use = "x"',
            "",
        ]
    )


def read(folder: Path, text: str) -> Framework:
    (folder / "framework.toml").write_text(text, encoding="utf-8")
    return load_framework(folder)


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(Gathered) as caught:
        read(folder, text)
    assert all(error.mend for error in caught.value.errors)
    return [
        f"{error.where}：{error.what}".removeprefix("framework.toml ")
        for error in caught.value.errors
    ]


class TestAFramework:
    def test_is_read_as_it_is_worded(self, tmp_path: Path) -> None:
        framework = read(tmp_path, HEAD + GRADES + LEAF)
        (only,) = framework.leaves
        assert framework.reference == "sample-2023@1"
        assert only.text == "过程/预算执行/预算调整率"
        assert only.measures == {"": "甲 / 乙"}
        assert only.measure_name == "预算调整率"
        assert only.rule == {"use": "deduct-share"}
        assert only.readings["negative"].also == ("none",)
        assert only.readings["rate"].use == "2"
        assert only.terms[0].item == "乙"
        assert not only.terms[0].defined
        assert only.line == 10

    def test_finds_a_leaf_by_the_end_of_its_path(self, tmp_path: Path) -> None:
        paths = ("过程/预算/调整率", "产出/数量/完成率", "产出/质量/完成率")
        framework = read(tmp_path, HEAD + GRADES + "".join(leaf(path) for path in paths))
        assert framework.leaf("调整率").text == "过程/预算/调整率"
        assert framework.leaf("过程/预算/调整率").name == "调整率"
        assert framework.leaf("/数量 / 完成率/").text == "产出/数量/完成率"
        with pytest.raises(UnknownIndicator) as caught:
            framework.leaf("完成率")
        assert caught.value.what == "“完成率”对应多个指标：产出/数量/完成率、产出/质量/完成率。"
        with pytest.raises(UnknownIndicator) as caught:
            framework.leaf("过程/预算/调整")
        assert "过程/预算/调整率" in caught.value.mend
        with pytest.raises(UnknownIndicator) as caught:
            framework.leaf("")
        assert caught.value.mend

    def test_keeps_named_readings_of_a_measure_in_order(self, tmp_path: Path) -> None:
        text = leaf("甲", "points = 1", 'measure = {"净额" = "甲", "总额" = "乙"}')
        assert list(read(tmp_path, HEAD + GRADES + text).leaves[0].measures) == ["净额", "总额"]

    @pytest.mark.parametrize("folder", shipped(), ids=lambda folder: folder.name)
    def test_that_is_shipped_can_be_read(self, folder: Path) -> None:
        framework = load_framework(folder)
        assert framework.id == folder.name
        assert sum(leaf.points for leaf in framework.leaves) == framework.points
        assert all(framework.below(group) for group in framework.groups)


class TestAMistakeInAFramework:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (
                GRADES + LEAF,
                [
                    "第1行 › id：缺少“id”。",
                    "第1行 › version：缺少“version”。",
                    "第1行 › title：缺少“title”。",
                    "第1行 › id：编号只用字母、数字、连字符。",
                ],
            ),
            (
                HEAD.replace("sample-2023", "a/b") + GRADES + LEAF,
                ["第1行 › id：编号只用字母、数字、连字符。"],
            ),
            (HEAD + GRADES, ["第1行 › leaf：没有任何指标。"]),
            (HEAD + LEAF, ["第1行 › grade：没有等级。"]),
            (HEAD + "places = 7\n" + GRADES + LEAF, ["第4行 › places：得分保留位数应为0至6。"]),
            (HEAD + "places = 1.5\n" + GRADES + LEAF, ["第4行 › places：“places”应为整数。"]),
            (HEAD + "year = 2023.5\n" + GRADES + LEAF, ["第4行 › year：“year”应为整数。"]),
            (HEAD + 'total = "sum"\n' + GRADES + LEAF, ["第4行 › total：不认识“sum”。"]),
            (HEAD + 'titel = "x"\n' + GRADES + LEAF, ["第4行 › titel：不认识的项“titel”。"]),
            (
                HEAD + GRADES.replace("90", '"九十"') + LEAF,
                [
                    "第6行 › floor：“floor”应为数，却是“九十”。",
                    "第4行 › grade：等级应由高到低，下限不重复。",
                ],
            ),
            (HEAD + GRADES + leaf("甲", "points = 0"), ["第12行 › 甲 › points：分值应大于零。"]),
            (HEAD + GRADES + leaf("甲", "points = -1"), ["第12行 › 甲 › points：分值应大于零。"]),
            (
                HEAD + GRADES + leaf("甲", "points = 1", "measure = 3"),
                ["第13行 › 甲 › measure：算式应为文字，或几种读法的表。"],
            ),
            (
                HEAD + GRADES + leaf("甲", "points = 1", "measure = {}"),
                ["第13行 › 甲 › measure：算式应为文字，或几种读法的表。"],
            ),
            (
                HEAD + GRADES + '[[leaf]]\npath = "甲"\npoints = 1\n',
                ["第10行 › 甲 › rule：缺少评分规则。"],
            ),
            (
                HEAD + GRADES + '[[leaf]]\npath = "甲"\npoints = 1\nrule = "x"\n',
                ["第13行 › 甲 › rule：缺少评分规则。"],
            ),
            (
                HEAD + GRADES + LEAF.replace('item = "乙", ', ""),
                ["第18行 › 过程/预算执行/预算调整率 › term › 预算数 › item：缺少“item”。"],
            ),
            (
                HEAD + GRADES + LEAF.replace('use = "absolute", ', ""),
                ["第20行 › 过程/预算执行/预算调整率 › reading › negative › use：缺少“use”。"],
            ),
            (
                HEAD + GRADES + LEAF.replace('"none"]', '"none"], by = "x"'),
                ["第20行 › 过程/预算执行/预算调整率 › reading › negative › by：不认识的项“by”。"],
            ),
        ],
    )
    def test_is_said_with_line_field_and_mend(
        self, tmp_path: Path, text: str, said: list[str]
    ) -> None:
        assert mistakes(tmp_path, text) == said

    def test_is_said_with_all_others(self, tmp_path: Path) -> None:
        text = HEAD + "places = 9\n" + GRADES + leaf("甲", "points = 0") + leaf("甲//乙")
        assert len(mistakes(tmp_path, text)) == 4

    @pytest.mark.parametrize("floors", [("60", "90"), ("90", "90")])
    def test_of_grades_out_of_order_is_said(self, tmp_path: Path, floors: tuple[str, str]) -> None:
        first, second = floors
        grades = (
            f'[[grade]]\nname = "优"\nfloor = {first}\n[[grade]]\nname = "良"\nfloor = {second}\n'
        )
        assert mistakes(tmp_path, HEAD + grades + LEAF) == [
            "第4行 › grade：等级应由高到低，下限不重复。",
            "第4行 › grade：最低一档等级的下限应为0。",
        ]

    def test_of_toml_is_said_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(BadToml):
            read(tmp_path, HEAD + "title = 1\n")
        with pytest.raises(FileMissing):
            load_framework(tmp_path / "没有")


class TestAPath:
    @pytest.mark.parametrize("path", ["甲//乙", "/甲", "甲/", "甲/ /乙"])
    def test_with_an_empty_step_is_refused(self, tmp_path: Path, path: str) -> None:
        assert mistakes(tmp_path, HEAD + GRADES + leaf(path)) == [
            f"第11行 › {path} › path：路径“{path}”有空的一级。"
        ]

    def test_that_is_missing_is_said_once(self, tmp_path: Path) -> None:
        text = HEAD + GRADES + '[[leaf]]\npoints = 1\n[leaf.rule]\nuse = "x"\n'
        assert mistakes(tmp_path, text)[0] == "第10行 › path：缺少“path”。"

    def test_that_is_doubled_is_refused(self, tmp_path: Path) -> None:
        text = HEAD + GRADES + leaf("甲/乙") + leaf("甲 / 乙")
        assert mistakes(tmp_path, text) == ["第15行 › 甲/乙：指标路径与第10行重复。"]

    def test_through_a_leaf_is_refused(self, tmp_path: Path) -> None:
        text = HEAD + GRADES + leaf("甲") + leaf("甲/乙/丙")
        assert mistakes(tmp_path, text) == ["第15行 › 甲/乙/丙：“甲”既是评分指标又有下级。"]

    @pytest.mark.parametrize("path", ["甲", "甲/乙"])
    def test_of_a_group_through_a_leaf_is_refused(self, tmp_path: Path, path: str) -> None:
        text = HEAD + GRADES + f'[[group]]\npath = "{path}"\npoints = 1\n' + leaf("甲")
        assert mistakes(tmp_path, text) == [f"› {path}：“甲”既是评分指标又是上级指标。"]

    def test_of_a_group_that_is_doubled_is_refused(self, tmp_path: Path) -> None:
        group = '[[group]]\npath = "过程"\npoints = 2\n'
        assert mistakes(tmp_path, HEAD + GRADES + group * 3 + LEAF) == [
            "framework.toml：上级指标“过程”写了两次。"
        ]


class TestFindFramework:
    def test_knows_the_shipped_ones_by_id_and_version(self) -> None:
        assert find_framework("qiannan-2023").name == "qiannan-2023"
        assert find_framework("qiannan-2023@1").name == "qiannan-2023"

    def test_follows_a_path(self, tmp_path: Path) -> None:
        read(tmp_path, HEAD + GRADES + LEAF)
        assert find_framework("./", tmp_path).resolve() == tmp_path.resolve()
        assert find_framework(str(tmp_path) + "/") == tmp_path

    def test_offers_a_near_name(self) -> None:
        with pytest.raises(UnknownFramework) as caught:
            find_framework("qiannan-2024")
        assert caught.value.what == "没有指标体系“qiannan-2024”。"
        assert caught.value.mend.startswith("是否想写“qiannan-2023”？可用：")

    @pytest.mark.parametrize(
        "reference", ["", "@", "zzz", "./没有", "../..", "./" + "a" * 5000, "./a\0b", "a\\b"]
    )
    def test_refuses_what_leads_nowhere(self, tmp_path: Path, reference: str) -> None:
        with pytest.raises(UnknownFramework) as caught:
            find_framework(reference, tmp_path)
        assert "./ 开头" in caught.value.mend
        assert len(caught.value.what) < 120
