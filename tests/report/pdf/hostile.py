"""A document whose words look like the markup of every writer."""

from __future__ import annotations

from fractions import Fraction

from steelyard.report.model.blocks import (
    Caption,
    Chart,
    Contents,
    Document,
    Heading,
    Paragraph,
    Point,
    Section,
    Series,
    Table,
    text_cell,
)
from steelyard.report.model.runs import Figure, Link, Text

HOSTILE = (
    "#panic(1)",
    "$x^2$",
    "*粗*",
    "_斜_",
    "\\反\\u{41}",
    '"引" + str(1)',
    "<标签>",
    "@引用",
    "尾]]",
    "`代码`",
    "= 标题",
    "// 注",
    "</script><script>alert(1)</script>",
    "</text></svg>",
    "{{ 7 * 7 }}",
    "&amp;&#65;",
    "--- ...",
)
ALL = " ".join(HOSTILE)
LONG = "A1b2" * 60
EMOJI = "完成👍"


def hostile_document() -> Document:
    """Return it: hostile in title, headings, text, cells, charts and anchors."""
    caption = Caption(kind="表", number=1, runs=(Text(ALL),), anchor='表:#[x] "y"')
    chart = Caption(kind="图", number=1, runs=(Text(ALL),), anchor="图:<z>")
    return Document(
        title=ALL,
        author=ALL,
        date="2025年4月3日",
        sections=(
            Section(blocks=(Contents(),), numbered=False),
            Section(
                restart=True,
                blocks=(
                    *(
                        Heading(level=1, runs=(Text(words),), anchor=f"标题{n} <{words}>")
                        for n, words in enumerate(HOSTILE)
                    ),
                    Paragraph(runs=(Text(ALL), Figure(ALL, ALL, ALL), Link(caption.anchor, "表1"))),
                    Paragraph(runs=(Text(LONG), Link("没有", "去处"), Text(EMOJI))),
                    Table(
                        columns=(1, 1),
                        head=((text_cell(ALL, head=True), text_cell("乙", head=True)),),
                        rows=((text_cell(ALL), text_cell(LONG)),),
                        caption=caption,
                    ),
                    Chart(
                        caption=chart,
                        direction="bars",
                        categories=(ALL, "乙"),
                        series=(
                            Series(ALL, (Point(Fraction(1), "<1>", ALL, ALL), Point(None)), 0),
                            Series("丙", (Point(Fraction(2), "&2"), Point(None)), 1),
                        ),
                        unit="<元>",
                        alt=ALL,
                    ),
                ),
            ),
        ),
    )
