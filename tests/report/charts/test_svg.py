"""Charts: labels as given, nothing clipped, nothing overlapping, nothing inline."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import pytest
from tests.report.charts.gallery import LONG, chart, gallery, points

from steelyard.report.charts.scale import Scale, scale_for
from steelyard.report.charts.svg import chart_svg
from steelyard.report.charts.words import apart, width_of, wrapped
from steelyard.report.model.blocks import Chart, Series

GALLERY = gallery()


@dataclass(frozen=True)
class Box:
    """Where a piece of text lies."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 1
        )


def drawn(one: Chart, **rest: object) -> ET.Element:
    """The drawing, read back."""
    return ET.fromstring(chart_svg(one, prefix="c", **rest))  # type: ignore[arg-type]


def boxes(drawing: ET.Element) -> list[Box]:
    """Where all words lie, by the widths that we reckon with."""
    found = []
    for text in drawing.iter("text"):
        words = text.text or ""
        size = float(text.attrib["font-size"])
        x, base = float(text.attrib["x"]), float(text.attrib["y"])
        wide = float(width_of(words, 1)) * size
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.attrib["text-anchor"]]
        middle = base - size * 36 / 100
        half = size * 45 / 100
        if "transform" in text.attrib:
            found.append(Box(words, x - half, x + half, middle - wide / 2, middle + wide / 2))
        else:
            found.append(Box(words, left, left + wide, middle - half, middle + half))
    return found


def bars(drawing: ET.Element) -> list[ET.Element]:
    """The bars: boxes that say what they are."""
    return [rect for rect in drawing.iter("rect") if rect.find("title") is not None]


@pytest.mark.parametrize("one", GALLERY, ids=lambda c: f"{c.direction}-{c.stacking}")
class TestEveryChart:
    def test_has_all_words_on_the_paper(self, one: Chart) -> None:
        drawing = drawn(one)
        _, _, width, height = map(float, drawing.attrib["viewBox"].split())
        for box in boxes(drawing):
            assert box.left >= -1, box
            assert box.right <= width + 1, box
            assert box.top >= 0, box
            assert box.bottom <= height, box

    def test_has_no_words_over_words(self, one: Chart) -> None:
        met = [(a.text, b.text) for a, b in combinations(boxes(drawn(one)), 2) if a.meets(b)]
        assert met == []

    def test_prints_every_label_as_given(self, one: Chart) -> None:
        printed = [box.text for box in boxes(drawn(one))]
        for index in range(len(one.categories)):
            values = [s.points[index].value or 0 for s in one.series if s.tone >= 0]
            if one.stacking == "share" and not sum(values, Fraction(0)):
                continue
            for series in one.series:
                if series.tone >= 0 and series.points[index].value is not None:
                    assert series.points[index].label in printed

    def test_prints_every_category_whole(self, one: Chart) -> None:
        printed = "".join(box.text for box in boxes(drawn(one)))
        for category in one.categories:
            assert category in printed

    def test_has_no_inline_style_and_says_what_it_shows(self, one: Chart) -> None:
        drawing = drawn(one)
        assert all("style" not in each.attrib for each in drawing.iter())
        assert drawing.findtext("title") == one.caption.text
        assert drawing.findtext("desc") == one.alt
        assert drawing.attrib["role"] == "img"

    def test_keeps_its_ids_to_itself(self, one: Chart) -> None:
        source = chart_svg(one, prefix="p7")
        ids = re.findall(r'id="([^"]+)"', source)
        assert len(ids) == len(set(ids))
        assert all(each.startswith("p7-") for each in ids)
        assert set(re.findall(r"url\(#([^)]+)\)", source)) <= set(ids)


class TestABridge:
    def test_draws_no_base(self) -> None:
        drawing = drawn(GALLERY[0])
        assert len(bars(drawing)) == 5
        assert "6980.11" not in [box.text for box in boxes(drawing)]

    def test_stands_on_its_base(self) -> None:
        start, carried, *_ = bars(drawn(GALLERY[0]))
        foot = float(carried.attrib["y"]) + float(carried.attrib["height"])
        assert foot == pytest.approx(float(start.attrib["y"]), abs=1 / 50)


class TestAStack:
    def test_of_shares_fills_the_axis_exactly(self) -> None:
        first = bars(drawn(GALLERY[5]))[:5]
        ends = [float(bar.attrib["x"]) + float(bar.attrib["width"]) for bar in first]
        starts = [float(bar.attrib["x"]) for bar in first]
        assert starts[1:] == pytest.approx(ends[:-1], abs=1 / 50)

    def test_of_lying_bars_adds_up(self) -> None:
        one = chart(
            "bars", "sum", ("甲",), Series("a", points("1"), 0), Series("b", points("3"), 1)
        )
        first, second = (float(bar.attrib["width"]) for bar in bars(drawn(one)))
        assert second == pytest.approx(3 * first, abs=1 / 10)


class TestDoors:
    ONE = chart("bars", "beside", ("甲", "乙"), Series("数", points("1", "2"), 0))

    def test_that_open_are_links(self) -> None:
        drawing = drawn(self.ONE, doors={"数据:1"})
        (link,) = drawing.iter("a")
        assert link.attrib == {"href": "#%E6%95%B0%E6%8D%AE%3A1", "data-door": "数据:1"}
        assert drawing.attrib["role"] == "group"

    def test_that_do_not_open_are_none(self) -> None:
        assert list(drawn(self.ONE).iter("a")) == []


class TestALegend:
    def test_is_there_for_more_than_one_series(self) -> None:
        one = chart("bars", "beside", ("甲",), Series("得分", points("1"), 0))
        two = chart("bars", "beside", ("甲",), *one.series, Series("分值", points("2"), 1))
        assert "得分" not in [box.text for box in boxes(drawn(one))]
        assert {"得分", "分值"} <= {box.text for box in boxes(drawn(two))}

    def test_does_not_count_the_base_of_a_bridge(self) -> None:
        assert "数额" not in [box.text for box in boxes(drawn(GALLERY[0]))]


class TestHeight:
    def test_grows_with_lying_bars(self) -> None:
        few, many = (
            drawn(chart("bars", "beside", names, Series("数", points(*["1"] * len(names)), 0)))
            for names in (("甲",), tuple("甲乙丙丁戊己庚辛"))
        )
        assert float(many.attrib["height"]) > 3 * float(few.attrib["height"])


class TestAChartOfNothing:
    @pytest.mark.parametrize("direction", ["bars", "columns"])
    @pytest.mark.parametrize("stacking", ["beside", "sum", "share"])
    def test_is_an_empty_axis(self, direction: str, stacking: str) -> None:
        one = chart(direction, stacking, ("甲",), Series("数", points(""), 0))  # type: ignore[arg-type]
        assert bars(drawn(one)) == []


class TestAScale:
    @pytest.mark.parametrize(
        ("values", "low", "high", "step"),
        [
            (["7", "43"], 0, 50, 10),
            (["0.3"], 0, Fraction(3, 10), Fraction(1, 10)),
            (["-45", "30"], -60, 40, 20),
            (["100"], 0, 100, 20),
            (["0"], 0, 1, 1),
            ([], 0, 1, 1),
        ],
    )
    def test_has_few_round_steps(
        self, values: list[str], low: Fraction, high: Fraction, step: Fraction
    ) -> None:
        found = scale_for(map(Fraction, values))
        assert found == Scale(Fraction(low), Fraction(high), Fraction(step))
        assert len(found.ticks()) <= 7


class TestWords:
    def test_break_where_they_must(self) -> None:
        room = Fraction(90)
        lines = wrapped(LONG, 12, room)
        assert "".join(lines) == LONG
        assert all(width_of(line, 12) <= room for line in lines)
        assert not any(line[0] in "）。，" for line in lines)

    def test_keep_numbers_whole(self) -> None:
        assert wrapped("共12345.67万元", 10, Fraction(50)) == ("共", "12345.67", "万元")

    def test_break_a_run_that_never_fits(self) -> None:
        assert "".join(wrapped("x" * 50, 10, Fraction(33))) == "x" * 50

    def test_move_apart_as_little_as_needed(self) -> None:
        moved = apart(
            (Fraction(5), Fraction(6), Fraction(50)),
            (Fraction(10),) * 3,
            low=Fraction(0),
            high=Fraction(100),
        )
        assert [int(middle) for middle in moved] == [5, 15, 50]
