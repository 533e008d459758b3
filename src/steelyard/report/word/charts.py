"""Charts of Word (图): native ones, with their numbers inside for editing.

Everything must be told apart in black and white: fills differ in lightness and
have an outline, and every bar bears its number as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.report.model.blocks import Chart, Point, Series
from steelyard.report.word.chart_book import SHEET, chart_book, column_name
from steelyard.report.word.heights import half_widths
from steelyard.report.word.markup import DECLARATION, A, C, R, escaped

EMU = 635
"""EMU in a twip."""

TONES = ("404040", "757575", "B5B5B5", "DCDCDC", "FFFFFF")
_DARK_TONES = 2
"""So many of the tones need white words on them."""

_FONT = (
    '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/><a:cs typeface="Times New Roman"/>'
)
_LINE = '<a:ln w="9525"><a:solidFill><a:srgbClr val="262626"/></a:solidFill></a:ln>'
_HALF_EM = 90
"""Twips of half a character of the labels: 9 points."""

_ABOVE, _BELOW = 480, 800
"""Twips above the plot of lying bars, for the legend, and below, for axis and unit."""


def chart_extent(chart: Chart, width: int, page: int) -> tuple[int, int]:
    """Return how wide and high a chart is, in twips.

    Args:
        chart: Grows with its categories when its bars lie.
        width: Of the type area.
        page: The height of the type area; a chart leaves room for its caption.
    """
    if chart.direction == "columns":
        return width, min(4400, page * 2 // 3)
    visible = len(_visible(chart))
    each = 260 * max(visible, 1) + 160 if chart.stacking == "beside" else 440
    return width, min(_ABOVE + _BELOW + each * len(chart.categories), page * 9 // 10)


def chart_markup(chart: Chart, *, relationship: str, number: int, extent: tuple[int, int]) -> str:
    """Return the run that shows a chart.

    Args:
        chart: Gives the alternative text.
        relationship: Leads to the part of the chart.
        number: Unique among the drawings of the document.
        extent: Width and height in twips.
    """
    name = escaped(chart.caption.text)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{extent[0] * EMU}" cy="{extent[1] * EMU}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{escaped(chart.alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{C}">'
        f'<c:chart r:id="{relationship}"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def chart_part(chart: Chart, extent: tuple[int, int], book: str) -> tuple[bytes, bytes]:
    """Return the XML of a chart and the workbook inside it.

    Args:
        chart: What is drawn.
        extent: Its size in twips, to know which labels have room.
        book: The relationship that will lead to the workbook.
    """
    drawing = _Drawing(chart, extent)
    content = (
        f'{DECLARATION}<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}">'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea>{drawing.layout()}{drawing.bars()}'
        f"{drawing.axes()}</c:plotArea>{drawing.legend()}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_words_look('000000')}"
        f'<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    return content.encode(), chart_book(chart, drawing.series)


def _visible(chart: Chart) -> list[Series]:
    return [series for series in chart.series if series.tone >= 0]


def _decimal(value: Fraction) -> str:
    """Return a value in the decimals of a chart: six are more than a printer shows."""
    millionths = round(value * 10**6)
    sign, size = ("-" if millionths < 0 else ""), abs(millionths)
    whole, rest = divmod(size, 10**6)
    return f"{sign}{whole}" + (f".{rest:06}".rstrip("0") if rest else "")


def _words_look(colour: str) -> str:
    return (
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill>{_FONT}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _rich(text: str, colour: str, size: int = 900) -> str:
    shape = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{_FONT}'
    return (
        f'<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{shape}'
        f'</a:defRPr></a:pPr><a:r><a:rPr lang="zh-CN" sz="{size}" b="0">{shape}</a:rPr>'
        f"<a:t>{escaped(text)}</a:t></a:r></a:p></c:rich></c:tx>"
    )


_NOTHING_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_SHOWN = _NOTHING_SHOWN.replace('showVal val="0"', 'showVal val="1"')


class _Drawing:
    """The plot of one chart."""

    def __init__(self, chart: Chart, extent: tuple[int, int]) -> None:
        self._chart = chart
        self._extent = extent
        self._stacked = chart.stacking != "beside"
        self.series = chart.series
        self._totals = [
            sum((each.points[place].value or Fraction(0) for each in chart.series), Fraction(0))
            for place in range(len(chart.categories))
        ]
        # Lying bars: the names at the left take what they need, but not half.
        widest = max((half_widths(name) for name in chart.categories), default=0)
        self._names = min((widest + 2) * _HALF_EM, extent[0] * 2 // 5)
        self._size = self._label_size()
        self._carrier = -1
        if chart.stacking == "sum" and len(_visible(chart)) == 1:
            self._lift_labels()

    def _lift_labels(self) -> None:
        """Let the labels of a bridge stand on the bars, not inside.

        A stacked bar has no place outside its end. So an unseen piece on top
        carries the label; a small step stays readable.
        """
        labels = next(each for each in self._chart.series if each.tone >= 0)
        room = max(self._totals, default=Fraction(0)) / 12 or Fraction(1)
        points = tuple(
            Point(None) if point.value is None else Point(room, point.label)
            for point in labels.points
        )
        self._carrier = len(self.series)
        self.series = (*self.series, Series("数字的位置", points, -1))

    def _label_size(self) -> int:
        """Return the size of labels in hundredths of a point: many bars get small ones."""
        if self._stacked or self._chart.direction == "columns":
            return 900
        bars = max(len(self._chart.categories) * len(_visible(self._chart)), 1)
        each = (self._extent[1] - _ABOVE - _BELOW) // bars
        return 900 if each > 210 else 750 if each > 170 else 600

    def layout(self) -> str:
        """Return where the plot is: lying bars leave their names room to wrap."""
        if self._chart.direction == "columns":
            return "<c:layout/>"
        width, height = self._extent
        sides = {
            "x": self._names * 1000 // width,
            "y": _ABOVE * 1000 // height,
            "w": (width * 94 // 100 - self._names) * 1000 // width,
            "h": (height - _ABOVE - _BELOW) * 1000 // height,
        }
        places = "".join(f'<c:{side} val="0.{share:03}"/>' for side, share in sides.items())
        return (
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{places}</c:manualLayout></c:layout>'
        )

    def bars(self) -> str:
        chart = self._chart
        grouping = {"beside": "clustered", "sum": "stacked", "share": "percentStacked"}
        direction = "col" if chart.direction == "columns" else "bar"
        gap, overlap = ("60", "100") if self._stacked else ("70", "0")
        drawn = "".join(self._one(number, each) for number, each in enumerate(self.series))
        return (
            f'<c:barChart><c:barDir val="{direction}"/>'
            f'<c:grouping val="{grouping[chart.stacking]}"/><c:varyColors val="0"/>{drawn}'
            f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>'
            '<c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
        )

    def _one(self, number: int, series: Series) -> str:
        count = len(self._chart.categories)
        letter = column_name(number + 1)
        tone = TONES[min(series.tone, len(TONES) - 1)] if series.tone >= 0 else ""
        fill = (
            f'<a:solidFill><a:srgbClr val="{tone}"/></a:solidFill>{_LINE}'
            if tone
            else "<a:noFill/><a:ln><a:noFill/></a:ln>"
        )
        categories = "".join(
            f'<c:pt idx="{place}"><c:v>{escaped(name)}</c:v></c:pt>'
            for place, name in enumerate(self._chart.categories)
        )
        values = "".join(
            f'<c:pt idx="{place}"><c:v>{_decimal(point.value)}</c:v></c:pt>'
            for place, point in enumerate(series.points)
            if point.value is not None
        )
        return (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef>'
            f'<c:f>{SHEET}!${letter}$1</c:f><c:strCache><c:ptCount val="1"/>'
            f'<c:pt idx="0"><c:v>{escaped(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
            f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>'
            f"{self._labels(number, series)}<c:cat><c:strRef>"
            f"<c:f>{SHEET}!$A$2:$A${count + 1}</c:f><c:strCache>"
            f'<c:ptCount val="{count}"/>{categories}</c:strCache></c:strRef></c:cat>'
            f"<c:val><c:numRef><c:f>{SHEET}!${letter}$2:${letter}${count + 1}</c:f><c:numCache>"
            f'<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{values}'
            "</c:numCache></c:numRef></c:val></c:ser>"
        )

    def _labels(self, number: int, series: Series) -> str:
        lifted = self._carrier >= 0
        bears = number == self._carrier if lifted else series.tone >= 0
        shown = "".join(self._label_of(series, number)) if bears else ""
        return f"<c:dLbls>{shown}{_NOTHING_SHOWN}</c:dLbls>"

    def _label_of(self, series: Series, number: int) -> Iterator[str]:
        dark = self._stacked and 0 <= series.tone < _DARK_TONES and number != self._carrier
        colour = "FFFFFF" if dark else "000000"
        place = "ctr" if self._stacked else "outEnd"
        if number == self._carrier:
            place = "inBase"
        for point_number, point in enumerate(series.points):
            if point.value is None or not point.label:
                continue
            if number != self._carrier and not self._has_room(point, point_number):
                continue
            yield (
                f'<c:dLbl><c:idx val="{point_number}"/>{_rich(point.label, colour, self._size)}'
                f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
                f'<c:dLblPos val="{place}"/>{_SHOWN}</c:dLbl>'
            )

    def _has_room(self, point: Point, place: int) -> bool:
        """Tell whether a label fits into its piece of a stack; beside it, it always does."""
        if not self._stacked or point.value is None:
            return True
        whole = (
            self._totals[place]
            if self._chart.stacking == "share"
            else max(self._totals, default=Fraction(0))
        )
        if whole <= 0:
            return False
        if self._chart.direction == "columns":
            return self._extent[1] * 3 // 5 * point.value / whole >= 2 * _HALF_EM
        along = (self._extent[0] * 94 // 100 - self._names) * point.value / whole
        return along >= (half_widths(point.label) + 1) * _HALF_EM

    def axes(self) -> str:
        chart = self._chart
        upright = chart.direction == "columns"
        # Lying bars are listed from the top, as the words beside them are.
        order, at = ("minMax", "autoZero") if upright else ("maxMin", "max")
        sides = ("b", "l") if upright else ("l", "b")
        lowest = any(p.value is not None and p.value < 0 for s in chart.series for p in s.points)
        minimum = "" if lowest else '<c:min val="0"/>'
        share = chart.stacking == "share"
        code, step = ("0%", '<c:majorUnit val="0.2"/>') if share else ("General", "")
        line = f"<c:spPr>{_LINE}</c:spPr>"
        return (
            f'<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="{order}"/>'
            f'</c:scaling><c:delete val="0"/><c:axPos val="{sides[0]}"/>'
            '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
            f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_words_look("000000")}'
            '<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="0"/>'
            '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
            '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>'
            f'{minimum}</c:scaling><c:delete val="0"/><c:axPos val="{sides[1]}"/>'
            f'{self._unit(upright=upright)}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
            '<c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="nextTo"/>{line}{_words_look("000000")}'
            f'<c:crossAx val="111111111"/><c:crosses val="{at}"/>'
            f'<c:crossBetween val="between"/>{step}</c:valAx>'
            "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        )

    def _unit(self, *, upright: bool) -> str:
        if not self._chart.unit:
            return ""
        turn = ' rot="0" vert="eaVert"' if upright else ""
        rich = _rich(f"单位：{self._chart.unit}", "000000")
        rich = rich.replace("<a:bodyPr/>", f"<a:bodyPr{turn}/>", 1)
        return f'<c:title>{rich}<c:overlay val="0"/></c:title>'

    def legend(self) -> str:
        if len(_visible(self._chart)) < 2:
            return ""
        # Below lying bars the legend would run into the unit of the axis.
        place = "b" if self._chart.direction == "columns" else "t"
        unseen = "".join(
            f'<c:legendEntry><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
            for number, series in enumerate(self.series)
            if series.tone < 0
        )
        return (
            f'<c:legend><c:legendPos val="{place}"/>{unseen}<c:overlay val="0"/>'
            f"{_words_look('000000')}</c:legend>"
        )
