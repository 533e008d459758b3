"""A small document that holds every kind of block, for the tests of the writers."""

from __future__ import annotations

from fractions import Fraction

from steelyard.report.model.blocks import (
    Block,
    Caption,
    Cell,
    Chart,
    Contents,
    Document,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Passage,
    Point,
    Section,
    Series,
    Table,
    text_cell,
)
from steelyard.report.model.runs import Break, Figure, Gap, Link, Text

SOURCE = """全年预算数{{ 全年预算数 }}，详见{{ 表：项目预算 }}。**要紧。**{{ 编制数 }}人<&>

### 职责

第二段。

1. 一项"""
BUDGET = Figure("7479.37万元", "全年预算数", "数据:全年预算数")


def _table() -> Table:
    head = (
        (
            Cell(lines=((Text("名称"),),), down=2, head=True),
            Cell(lines=((Text("预算"),),), across=2, head=True),
        ),
        (text_cell("年初", head=True), text_cell("全年", head=True)),
    )
    rows = tuple(
        (
            *((Cell(lines=((Text(f"第{n // 3 + 1}组"),),), down=3),) if n % 3 == 0 else ()),
            Cell(
                lines=((Figure(f"{n}.50", f"项目[{n}].年初预算数", f"表:项目[{n}]"),),),
                align="right",
            ),
            Cell(lines=((Text("说明" * 30),), (Text("第二段"),)), align="left"),
        )
        for n in range(60)
    )
    caption = Caption(kind="表", number=1, runs=(Text("项目预算"),), anchor="表:项目预算")
    return Table(
        columns=(2, 2, 5),
        head=head,
        rows=rows,
        caption=caption,
        unit="单位：万元",
        notes=((Text("注：以决算为准。"),),),
    )


def _charts() -> tuple[Chart, ...]:
    def chart(number: int, name: str, **rest: object) -> Chart:
        caption = Caption(kind="图", number=number, runs=(Text(name),), anchor=f"图:{name}")
        return Chart(caption=caption, alt=f"{name}的图示。", unit="万元", **rest)  # type: ignore[arg-type]

    def points(*values: int | None) -> tuple[Point, ...]:
        return tuple(
            Point(None)
            if v is None
            else Point(Fraction(v), str(v), "全年预算数", "数据:全年预算数")
            for v in values
        )

    return (
        chart(
            1,
            "预算变动",
            direction="columns",
            stacking="sum",
            categories=("年初预算数", "追加", "调减", "全年预算数"),
            series=(
                Series("起点", points(None, 100, 110, None), -1),
                Series("数额", points(100, 30, 20, 110), 0),
            ),
        ),
        chart(
            2,
            "得分与分值",
            direction="bars",
            categories=("投入", "过程", "产出"),
            series=(Series("分值", points(10, 20, 30), 2), Series("得分", points(9, 15, 28), 0)),
        ),
        chart(
            3,
            "满意度",
            direction="bars",
            stacking="share",
            categories=("第1题", "第2题"),
            series=tuple(
                Series(name, points(n * 5 + 3, n * 3 + 1), n)
                for n, name in enumerate(("非常满意", "满意", "一般", "不满意", "非常不满意"))
            ),
        ),
    )


def sample_document() -> Document:
    """Return the document."""
    annex: tuple[Block, ...] = (
        Heading(level=1, number="附件1：", runs=(Text("指标体系"),), anchor="附件:1", look="annex"),
        Paragraph(runs=(Text("指标体系及评分表"),), role="lead"),
        _table(),
    )
    annex = (
        *annex[:2],
        Table(
            columns=(1, 3),
            rows=((text_cell("甲", head=True), text_cell("乙", align="left")),),
            look="form",
            size="small",
        ),
    )
    body: tuple[Block, ...] = (
        Paragraph(runs=(Text("某部门2023年部门整体支出绩效评价报告"),), role="title"),
        Heading(level=1, number="一、", runs=(Text("基本情况"),), anchor="h1"),
        Heading(level=2, number="（一）", runs=(Text("部门概况"),), anchor="h2"),
        Paragraph(
            runs=(
                Text("全年预算数"),
                BUDGET,
                Text("，详见"),
                Link("表:项目预算", "表1"),
                Text("。"),
                Text("要紧。", strong=True),
                Gap("编制数", "编制数"),
                Text("人<&>"),
            ),
            passage="基本情况/部门概况",
        ),
        Heading(
            level=3, number="1．", runs=(Text("职责"),), anchor="h3", passage="基本情况/部门概况"
        ),
        Paragraph(runs=(Text("第二段。"),), passage="基本情况/部门概况"),
        Paragraph(runs=(Text("（1）一项"),), role="item", passage="基本情况/部门概况"),
        _table(),
        *_charts(),
        Heading(level=1, number="二、", runs=(Text("结论"),), anchor="h4"),
        Paragraph(runs=(Text("总分"), Figure("81.77分", "总分", "总分"), Text("。"))),
        Paragraph(runs=(Text("评价机构（盖章）"), Break(), Text("2025年4月3日")), role="signature"),
    )
    return Document(
        title="某部门2023年部门整体支出绩效评价报告",
        author="评价机构甲",
        date="2025年4月3日",
        sections=(
            Section(
                blocks=(
                    Paragraph(runs=(Text("某部门"),), role="cover-title"),
                    Paragraph(runs=(Text("评价机构：甲"),), role="cover-line"),
                ),
                numbered=False,
            ),
            Section(
                blocks=(
                    Heading(level=1, runs=(Text("摘要"),), anchor="摘要", look="part"),
                    Paragraph(runs=(Text("一、基本情况"),), role="subhead"),
                    Paragraph(runs=(Text("摘要的话。"),)),
                    Paragraph(
                        runs=(Text("计分过程：率=5069.77÷7479.37×100%=67.78%。"),), role="reckoning"
                    ),
                    PageBreak(),
                    Contents(),
                ),
                numbered=False,
            ),
            Section(blocks=body, restart=True),
            Section(blocks=annex, landscape=True),
            Section(
                blocks=(
                    Heading(
                        level=1,
                        number="附件2：",
                        runs=(Text("其他"),),
                        anchor="附件:2",
                        look="annex",
                    ),
                )
            ),
        ),
        passages={
            "基本情况/部门概况": Passage(
                key="基本情况/部门概况",
                file="report/基本情况.md",
                source=SOURCE,
            )
        },
        gaps=(Missing("编制数", "基本情况/部门概况", "请在 facts.csv 填写。"),),
    )
