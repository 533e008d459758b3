"""Fonts wanted and fonts found."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile

from steelyard.report.pdf.faces import FANGSONG, XIAOBIAO, fontconfig
from steelyard.report.pdf.fonts import FontUse, font_lines, font_uses, fonts_wanted

FOUND = ("NotoSerifCJKjp-Regular-VKana", "NotoSansCJKsc-Bold", "FangSong_GB2312", "Tinos")


def word(**parts: str) -> bytes:
    """A Word file of some parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml)
    return stream.getvalue()


class TestFontsWanted:
    def test_are_those_of_styles_text_and_feet(self) -> None:
        docx = word(
            styles='<w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312"/>'
            '<w:lang w:eastAsia="zh-CN"/>',
            document='<w:rFonts w:hint="eastAsia" w:eastAsia="A &amp; B"/>',
            footer1='<w:rFonts w:eastAsia="宋体"/>',
            fontTable='<w:rFonts w:eastAsia="黑体"/>',
        )
        assert set(fonts_wanted(docx)) == {"Times New Roman", "仿宋_GB2312", "A & B", "宋体"}


class TestAFont:
    def test_that_is_there_is_not_replaced(self) -> None:
        assert font_uses(["仿宋_GB2312"], FOUND) == (
            FontUse("仿宋_GB2312", "FangSong_GB2312", replaced=False),
        )

    def test_that_is_not_there_is_told_with_its_standin(self) -> None:
        uses = font_uses(["方正小标宋简体", "黑体", "Times New Roman"], FOUND)
        assert font_lines(uses) == (
            "方正小标宋简体 → Noto Serif CJK SC（本机未安装）",
            "黑体 → Noto Sans CJK SC（本机未安装）",
            "Times New Roman → Tinos（本机未安装）",
        )

    def test_that_sets_nothing_is_no_replacement(self) -> None:
        (use,) = font_uses(["Arial"], FOUND)
        assert str(use) == "Arial：文中没有用到"
        assert font_lines([use]) == ()


class TestAFace:
    def test_takes_itself_before_any_standin(self) -> None:
        assert FANGSONG.first_of({"Noto Serif CJK SC", "仿宋"}) == "仿宋"
        assert FANGSONG.first_of({"Noto Sans CJK SC", "Noto Serif CJK SC"}) == "Noto Serif CJK SC"
        assert FANGSONG.first_of({"DejaVu Sans"}) == ""

    def test_is_mapped_under_all_its_names(self) -> None:
        root = ET.fromstring(fontconfig("/etc/<&>.conf").split("\n", 2)[2])
        assert root.findtext("include") == "/etc/<&>.conf"
        mapped = {alias.findtext("family") for alias in root.iter("alias")}
        assert {*FANGSONG.names, *XIAOBIAO.names} <= mapped
        heavy = {test.findtext("string") for test in root.iter("test")}
        assert heavy == set(XIAOBIAO.names)
