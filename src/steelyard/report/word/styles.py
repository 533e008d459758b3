"""The styles of an official paper (样式): GB/T 9704-2012, or what a template defines.

Styles are known by their names, as Word does; a template may have given them
other ids. What a template defines stays as it is; only what is missing is added.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.parser import parse_xml
from lxml import etree

from steelyard.report.word.markup import NAMESPACES, NO_INDENT, W

PITCH = 579
"""Twips from line to line: 28.95 points, so that 22 lines fill the type area."""


def fonts(chinese: str, latin: str = "Times New Roman") -> str:
    """Return fonts for each script; theme fonts would win over them."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>'


def _sized(chinese: str, half_points: int, latin: str = "Times New Roman") -> str:
    size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    plain = '<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:iCs w:val="0"/>'
    return fonts(chinese, latin) + plain + '<w:color w:val="auto"/><w:spacing w:val="0"/>' + size


def _lines(pitch: int = PITCH, *, exact: bool = True, before: int = 0, after: int = 0) -> str:
    rule = "exact" if exact else "auto"
    return (
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{pitch}" w:lineRule="{rule}"/>'
    )


SINGLE = 240
INDENT = (
    '<w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="0"'
    ' w:firstLineChars="200" w:firstLine="640"/>'
)
_KEEP = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style (样式) as Word's file format writes it."""

    name: str
    id: str
    kind: str = "paragraph"
    based: str = "Normal"
    follow: str = ""
    paragraph: str = ""
    """Children of pPr."""

    run: str = ""
    """Children of rPr."""

    rest: str = ""
    """Whatever a table style has more."""

    ours: bool = False
    """Whether Word does not know it by name."""

    default: bool = False


def _heading(level: int, font: str) -> Style:
    return Style(
        name=f"heading {level}",
        id=f"Heading{level}",
        follow="Normal Indent",
        paragraph=(
            f'{_KEEP}<w:widowControl/>{_lines()}{INDENT}<w:jc w:val="left"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>'
        ),
        run=_sized(font, 32),
    )


def _contents(level: int, font: str) -> Style:
    left = (level - 1) * 280
    indent = f'<w:ind w:left="{left}" w:firstLineChars="0" w:firstLine="0"/>'
    return Style(
        name=f"toc {level}",
        id=f"TOC{level}",
        follow="Normal",
        paragraph=_lines(500) + indent + '<w:jc w:val="left"/>',
        run=_sized(font, 28),
    )


def _cell(name: str, style_id: str, font: str, size: int) -> Style:
    return Style(
        name=name,
        id=style_id,
        ours=True,
        paragraph=(
            f'<w:widowControl/><w:snapToGrid w:val="0"/>{_lines(SINGLE, exact=False)}'
            f'{NO_INDENT}<w:jc w:val="center"/>'
        ),
        run=_sized(font, size),
    )


def _line(
    name: str, style_id: str, font: str, size: int, *, jc: str, lines: str, keep: str = ""
) -> Style:
    return Style(
        name=name,
        id=style_id,
        ours=True,
        paragraph=f'{keep}<w:snapToGrid w:val="0"/>{lines}{NO_INDENT}<w:jc w:val="{jc}"/>',
        run=_sized(font, size),
    )


_TITLES = "方正小标宋简体"
_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

STYLES: tuple[Style, ...] = (
    Style(
        name="Normal",
        id="Normal",
        based="",
        default=True,
        # As is Word's own default. Said, because LibreOffice 7 then lets no mark hang over
        # the margin; unsaid, it does, and loses some of them in justified lines.
        paragraph=f'<w:widowControl/><w:overflowPunct/>{_lines()}<w:jc w:val="both"/>',
        # 28 characters of 16 points are 4 points wider than the type area.
        run=(
            fonts("仿宋_GB2312") + '<w:spacing w:val="-5"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        ),
    ),
    Style(
        name="Default Paragraph Font",
        id="DefaultParagraphFont",
        kind="character",
        based="",
        default=True,
    ),
    Style(
        name="Normal Table",
        id="TableNormal",
        kind="table",
        based="",
        default=True,
        rest=(
            '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>"
        ),
    ),
    Style(name="No List", id="NoList", kind="numbering", based="", default=True),
    Style(name="Normal Indent", id="NormalIndent", paragraph=INDENT),
    Style(
        name="Title",
        id="Title",
        follow="Normal Indent",
        paragraph=f'{_KEEP}{_lines(720, after=400)}{NO_INDENT}<w:jc w:val="center"/>',
        run=_sized(_TITLES, 44),
    ),
    _heading(1, "黑体"),
    _heading(2, "楷体_GB2312"),
    _heading(3, "仿宋_GB2312"),
    _heading(4, "仿宋_GB2312"),
    Style(
        name="caption",
        id="Caption",
        follow="Normal Indent",
        paragraph=(
            f'<w:keepLines/><w:snapToGrid w:val="0"/>'
            f'{_lines(SINGLE, exact=False, before=160, after=80)}{NO_INDENT}<w:jc w:val="center"/>'
        ),
        run=_sized("黑体", 24),
    ),
    _contents(1, "黑体"),
    _contents(2, "仿宋_GB2312"),
    _contents(3, "仿宋_GB2312"),
    Style(
        name="TOC Heading",
        id="TOCHeading",
        paragraph=f'{_KEEP}{_lines(720, after=300)}{NO_INDENT}<w:jc w:val="center"/>',
        run=_sized("黑体", 36),
    ),
    _line("header", "Header", "宋体", 18, jc="center", lines=_lines(SINGLE, exact=False)),
    _line("footer", "Footer", "宋体", 28, jc="left", lines=_lines(SINGLE, exact=False)),
    Style(
        name="Table Grid",
        id="TableGrid",
        kind="table",
        based="Normal Table",
        rest=f"<w:tblPr><w:tblBorders>{_RULES}</w:tblBorders></w:tblPr>",
    ),
    _cell("表格文字", "SyCell", "宋体", 21),
    _cell("表格小字", "SyCellSmall", "宋体", 18),
    _cell("表头", "SyHead", "黑体", 21),
    _cell("表头小字", "SyHeadSmall", "黑体", 18),
    _line(
        "表格单位",
        "SyUnit",
        "宋体",
        21,
        jc="right",
        lines=_lines(SINGLE, exact=False, after=40),
        keep=_KEEP,
    ),
    _line(
        "图表注释",
        "SyNote",
        "宋体",
        18,
        jc="left",
        lines=_lines(SINGLE, exact=False, before=40, after=40),
        keep="<w:keepLines/>",
    ),
    _line(
        "图",
        "SyChart",
        "宋体",
        18,
        jc="center",
        lines=_lines(SINGLE, exact=False, before=160),
        keep=_KEEP,
    ),
    Style(
        name="摘要小标题",
        id="SySubhead",
        ours=True,
        follow="Normal Indent",
        paragraph=f'{_KEEP}<w:widowControl/>{_lines()}{INDENT}<w:jc w:val="left"/>',
        run=_sized("黑体", 32),
    ),
    _line("附件标题", "SyLead", _TITLES, 36, jc="center", lines=_lines(600, after=240), keep=_KEEP),
    Style(
        name="落款",
        id="SySignature",
        ours=True,
        paragraph=(
            f'<w:keepLines/>{_lines(before=PITCH)}<w:ind w:leftChars="0" w:left="0"'
            ' w:rightChars="200" w:right="640" w:firstLineChars="0" w:firstLine="0"/>'
            '<w:jc w:val="right"/>'
        ),
    ),
    _line("封面标题", "SyCover", _TITLES, 52, jc="center", lines=_lines(900, after=120)),
    _line("封面文字", "SyCoverLine", "楷体_GB2312", 32, jc="center", lines=_lines(720)),
    _line("间隔", "SySpacer", "宋体", 2, jc="left", lines=_lines(200)),
)


class Styles:
    """The styles of a package (样式表): ids by name, the missing ones added."""

    def __init__(self, sheet: etree._Element) -> None:
        """Add to a style sheet what it lacks.

        Args:
            sheet: The root of styles.xml; is changed.
        """
        self._ids: dict[str, str] = {}
        taken: set[str] = set()
        defaults: set[str] = set()
        for style in sheet.findall(f"{{{W}}}style"):
            name = style.find(f"{{{W}}}name")
            style_id = style.get(f"{{{W}}}styleId", "")
            taken.add(style_id)
            if style.get(f"{{{W}}}default") in {"1", "true"}:
                defaults.add(style.get(f"{{{W}}}type", ""))
            if name is not None:
                self._ids.setdefault(name.get(f"{{{W}}}val", "").lower(), style_id)
        added = [style for style in STYLES if style.name.lower() not in self._ids]
        for style in added:
            self._ids[style.name.lower()] = _free(style.id, taken)
        for style in added:
            sheet.append(parse_xml(self._markup(style, default=style.kind not in defaults)))
        self._by_own_id = {style.id: self._ids[style.name.lower()] for style in STYLES}

    def __getitem__(self, own_id: str) -> str:
        """Return the id that a style of ours has here."""
        return self._by_own_id[own_id]

    def _markup(self, style: Style, *, default: bool) -> str:
        marks = ' w:default="1"' if style.default and default else ""
        marks += ' w:customStyle="1"' if style.ours else ""
        style_id = self._ids[style.name.lower()]
        pieces = [
            f'<w:style {NAMESPACES} w:type="{style.kind}"{marks} w:styleId="{style_id}">',
            f'<w:name w:val="{style.name}"/>',
        ]
        if style.based:
            pieces.append(f'<w:basedOn w:val="{self._ids[style.based.lower()]}"/>')
        if style.follow:
            pieces.append(f'<w:next w:val="{self._ids[style.follow.lower()]}"/>')
        pieces.append("<w:qFormat/>" if style.kind == "paragraph" else "")
        pieces.append(f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "")
        pieces.append(f"<w:rPr>{style.run}</w:rPr>" if style.run else "")
        return "".join((*pieces, style.rest, "</w:style>"))


def _free(wanted: str, taken: set[str]) -> str:
    """Return an id that no other style has, and take it."""
    style_id, count = wanted, 1
    while style_id in taken:
        count += 1
        style_id = f"{wanted}{count}"
    taken.add(style_id)
    return style_id
