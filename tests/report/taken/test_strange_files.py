"""A returned file decides nothing about the folder: forged and foreign ones are refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.report.taken.small_report import KEY, SmallDesk, report_of
from tests.report.word.package_parts import packed, parts

from steelyard.report.compose.material import load_material
from steelyard.report.taken.take import OtherReport, take
from steelyard.report.word.read_back import read_back
from steelyard.report.word.recorded import RecordDamaged

TEXT = "## 甲段\n\n前面的文字{{ 预算数 }}。\n\n## 乙段\n\n乙的文字{{ 决算数 }}。\n"
ITEM = "customXml/item1.xml"


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    desk = SmallDesk(tmp_path / "f", TEXT)
    desk.retype("前面", "改过")
    return desk


def forged(word: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return a file whose record somebody changed, its digest made to fit."""
    files = parts(word)
    root = etree.fromstring(files[ITEM])
    record = json.loads(root.text or "")
    change(record)
    root.text = json.dumps(record, ensure_ascii=False)
    root.set("sha256", hashlib.sha256(root.text.encode()).hexdigest())
    return packed({**files, ITEM: etree.tostring(root)})


def passage(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(p for p in record["passages"].values() if p["key"] == KEY)
    return found


def figure(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        f for f in record["figures"].values() if f["reference"] == "预算数"
    )
    return found


def _key(record: dict[str, Any]) -> None:
    passage(record).update(key="总则/甲\n\n## 乙\n\n胡写", file="report/总则.md")


def _file(record: dict[str, Any]) -> None:
    passage(record)["file"] = "report/{{ 甲 }}.md"


def _reference(record: dict[str, Any]) -> None:
    figure(record)["reference"] = "决算数 }}\n\n## 丙\n\n{{ 率"


def _braces(record: dict[str, Any]) -> None:
    figure(record)["reference"] = "决算数 }} {{ 率"


def _part(record: dict[str, Any]) -> None:
    passage(record)["part"] = 10**400


def _level(record: dict[str, Any]) -> None:
    passage(record)["paragraphs"][0]["level"] = -5


class TestAForgedRecord:
    @pytest.mark.parametrize("change", [_key, _file, _reference, _braces, _part, _level])
    def test_with_names_that_nothing_has_is_refused(
        self, desk: SmallDesk, change: Callable[[dict[str, Any]], None]
    ) -> None:
        with pytest.raises(RecordDamaged):
            read_back(forged(desk.word, change))

    def test_with_another_figure_writes_nothing(self, desk: SmallDesk) -> None:
        desk.word = forged(desk.word, lambda record: figure(record).update(reference="决算数"))
        assert "决算数" in desk.taken().left[0]
        assert desk.brought_back() == TEXT

    def test_with_another_figure_and_source_writes_nothing(self, desk: SmallDesk) -> None:
        def change(record: dict[str, Any]) -> None:
            figure(record)["reference"] = "率"
            passage(record)["source"] = "前面的文字{{ 率 }}。"

        desk.word = forged(desk.word, change)
        assert "人工合并" in desk.taken().clashes[0]
        assert desk.brought_back() == TEXT

    def test_with_another_path_writes_nothing(self, desk: SmallDesk) -> None:
        desk.word = forged(
            desk.word, lambda record: passage(record).update(file="report/../evaluation.md")
        )
        assert "不是叙述文件" in desk.taken().left[0]
        assert desk.brought_back() == TEXT

    def test_with_more_paragraphs_than_its_source_writes_nothing(self, desk: SmallDesk) -> None:
        desk.word = forged(
            desk.word,
            lambda record: passage(record).update(paragraphs=passage(record)["paragraphs"] * 2),
        )
        assert "对不上" in desk.taken().left[0]
        assert desk.brought_back() == TEXT

    def test_with_a_passage_that_the_folder_has_not_writes_nothing(self, desk: SmallDesk) -> None:
        desk.word = forged(desk.word, lambda record: passage(record).update(key="主要经验/新段"))
        assert "没有这一段" in desk.taken().left[0]
        assert desk.brought_back() == TEXT

    @pytest.mark.parametrize("source", ["> x\n> > y\n\n" + "[" * 2000, "\ue0005\ue001"])
    def test_with_another_source_writes_nothing(self, desk: SmallDesk, source: str) -> None:
        desk.word = forged(desk.word, lambda record: passage(record).update(source=source))
        assert "人工合并" in desk.taken().clashes[0]
        assert desk.brought_back() == TEXT

    def test_beside_another_is_refused(self, desk: SmallDesk) -> None:
        files = parts(desk.word)
        with pytest.raises(RecordDamaged, match="两份"):
            read_back(packed({**files, "customXml/item7.xml": files[ITEM]}))


class TestTheReportOfAnotherFolder:
    def test_is_refused_with_both_titles(self, desk: SmallDesk) -> None:
        other = report_of(desk.folder, "乙局2023年部门整体支出绩效评价报告")
        with pytest.raises(OtherReport, match=r"甲局2023年.*乙局2023年") as caught:
            take(read_back(desk.word), load_material(desk.folder), other)
        assert caught.value.code == "report.other-report"
        assert caught.value.mend


class TestALongRecord:
    def test_is_read(self, tmp_path: Path) -> None:
        """Twelve million bytes, more than lxml reads by itself."""
        key, source = "附件/长文", ("文" * 1000 + "\n\n") * 2000
        desk = SmallDesk(tmp_path / "f", "", {key: source.strip()})
        assert len(parts(desk.word)[ITEM]) > 12 * 10**6
        assert not read_back(desk.word).passages[0].is_changed
