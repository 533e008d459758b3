"""A document of about 100 pages and 40 tables, for measuring and for looking at."""

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
    PageBreak,
    Paragraph,
    Passage,
    Point,
    Row,
    Section,
    Series,
    Table,
    text_cell,
)
from steelyard.report.model.runs import Figure, Link, Text

CHINESE = "一二三四五六七八"


def _levels(number: int, groups: int, per_group: int) -> Table:
    """An indicator table: two levels merged, long criteria, narrow numbers."""
    rows: list[Row] = []
    for group in range(groups):
        for place in range(per_group):
            row: tuple[Cell, ...] = ()
            if place == 0:
                label = Text(f"一级指标{group + 1}（20分）")
                row += (Cell(lines=((label,),), down=per_group, head=True),)
            if place % 3 == 0:
                down = min(3, per_group - place)
                row += (Cell(lines=((Text(f"二级指标{place}"),),), down=down, head=True),)
            score = Figure(f"{place}.50", f"得分[{place}]", f"得分:{place}")
            row += (
                text_cell(f"三级指标{place}"),
                Cell(lines=((Text("评分标准：达到目标得满分，" * 6),),), align="left"),
                text_cell("3", align="right"),
                Cell(lines=((score,),), align="right"),
            )
            rows.append(row)
    head = tuple(
        text_cell(name, head=True)
        for name in ("一级指标", "二级指标", "三级指标", "评分标准", "分值", "得分")
    )
    caption = Caption(kind="表", number=number, runs=(Text("指标"),), anchor=f"表:{number}")
    return Table(
        columns=(3, 3, 4, 12, 2, 2), head=(head,), rows=tuple(rows), caption=caption, size="small"
    )


def _amounts(number: int, count: int) -> Table:
    head = tuple(
        text_cell(name, head=True)
        for name in ("序号", "项目名称", "年初预算数", "执行数", "执行率")
    )
    rows = tuple(
        (
            text_cell(str(n + 1)),
            text_cell(f"某项目建设资金第{n + 1}批", align="left"),
            *(
                Cell(lines=((Figure(f"{n * 7}.{n:02}", f"项目[{n}].{name}"),),), align="right")
                for name in ("年初预算数", "执行数", "执行率")
            ),
        )
        for n in range(count)
    )
    caption = Caption(kind="表", number=number, runs=(Text("资金"),), anchor=f"表:{number}")
    return Table(
        columns=(1, 4, 2, 2, 2), head=(head,), rows=rows, caption=caption, unit="单位：万元"
    )


def _chart(number: int, count: int) -> Chart:
    points = [
        tuple(Point(Fraction(n * 3 + 10 * each, 2), f"{n * 3}.{each}") for n in range(1, count + 1))
        for each in range(2)
    ]
    return Chart(
        caption=Caption(kind="图", number=number, runs=(Text("对比"),), anchor=f"图:{number}"),
        direction="bars",
        categories=tuple(f"一级指标下的第{n}项指标" for n in range(count)),
        series=(Series("分值", points[1], 2), Series("得分", points[0], 0)),
        unit="分",
        alt="对比。",
    )


def long_document() -> Document:
    """Return the document."""
    blocks: list[Block] = [Paragraph(runs=(Text("某部门整体支出绩效评价报告"),), role="title")]
    passages = {}
    table = 0
    for chapter, digit in enumerate(CHINESE):
        blocks.append(
            Heading(level=1, number=f"{digit}、", runs=(Text("评价情况"),), anchor=f"c{chapter}")
        )
        for part in range(5):
            key = f"{chapter}/{part}"
            anchor = f"c{chapter}p{part}"
            number = f"（{CHINESE[part]}）"
            passages[key] = Passage(key=key, file=f"report/{chapter}.md", source="来源" * 200)
            blocks.append(Heading(level=2, number=number, runs=(Text("部门概况"),), anchor=anchor))
            for n in range(3):
                heading = Text("主要职责和年度任务")
                blocks.append(
                    Heading(
                        level=3,
                        number=f"{n + 1}．",
                        runs=(heading,),
                        anchor=f"{anchor}h{n}",
                        passage=key,
                    )
                )
                blocks += [
                    Paragraph(
                        runs=(
                            Text("按照“十四五”规划的要求，部门全年预算数为"),
                            Figure("7479.37万元", "全年预算数"),
                            Text("，详见"),
                            Link(f"表:{table + 1}", f"表{table + 1}"),
                            Text("。" + "各项工作按计划推进，资金管理规范，绩效目标基本实现。" * 6),
                        ),
                        passage=key,
                    )
                ] * 2
            table += 1
            blocks.append(_amounts(table, 8 + part * 4))
        blocks.append(_chart(chapter + 1, 6))
    levels = tuple(
        Section(
            blocks=(
                Heading(
                    level=1,
                    number=f"附件{n}：",
                    runs=(Text("指标体系及评分表"),),
                    anchor=f"附件:{n}",
                    look="annex",
                ),
                _levels(table + n, 4, 11),
            ),
            landscape=True,
        )
        for n in (1, 2)
    )
    front = Section(
        blocks=(
            Heading(level=1, runs=(Text("摘要"),), anchor="摘要", look="part"),
            Paragraph(runs=(Text("摘要的话。"),)),
            PageBreak(),
            Contents(),
        ),
        numbered=False,
    )
    return Document(
        title="报告",
        author="机构",
        date="2025年4月3日",
        sections=(front, Section(blocks=tuple(blocks), restart=True), *levels),
        passages=passages,
    )
