"""Charts of a report (图), each from the same references as the text beside it.

Every bar carries the reference that it shows. A chart whose figures are missing
is a gap; one for which there is nothing to show is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from steelyard.framework.indicator import Group
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import unit_named
from steelyard.report.compose.here import Here
from steelyard.report.compose.manuscript import Manuscript
from steelyard.report.compose.outline import ChartPart
from steelyard.report.compose.scores import Scores
from steelyard.report.compose.tables import rows_in_hand
from steelyard.report.model.blocks import Block, Chart, Paragraph, Point, Series
from steelyard.report.model.runs import Figure, Text

DARK, MIDDLE, LIGHT, NOTHING = 0, 1, 3, -1
MOST_TONES = 5
LABELLED = 8
"""Shares from which a piece has room for its label, in percent."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a chart shows, before it has a caption."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    said: str
    """Its text alternative."""

    unit: str = ""
    note: str = ""


def chart_blocks(work: Manuscript, part: ChartPart, here: Here) -> tuple[Block, ...]:
    """Return a chart, the mark of its gap, or nothing."""
    drawn, gap = _DRAWERS[part.kind](work, part, here)
    if drawn is None and not gap:
        return ()
    caption = work.caption("图", part.caption, "", here)
    if drawn is None:
        # It keeps its number, so that nothing else moves once it can be drawn.
        mark = work.gap(f"{caption.label}的数据：{gap}", caption.text, "请补齐所需的数据。")
        return (Paragraph(runs=(Text(f"{caption.text}："), mark), role="plain"),)
    direction, stacking = _LOOKS[part.kind]
    return (
        Chart(
            caption=caption,
            direction="columns" if direction == "columns" else "bars",
            stacking="sum" if stacking == "sum" else "share" if stacking else "beside",
            categories=drawn.categories,
            series=drawn.series,
            unit=drawn.unit,
            alt=f"{caption.text}：{drawn.said}。",
            notes=((Text(drawn.note),),) if drawn.note else (),
        ),
    )


_LOOKS = {
    "bridge": ("columns", "sum"),
    "scores": ("bars", ""),
    "goals": ("bars", ""),
    "survey": ("bars", "share"),
    "execution": ("bars", ""),
}

Made = tuple[_Drawn | None, str]
"""What is drawn, or what is missing for it."""


def _quantity(work: Manuscript, body: str, here: Here) -> Quantity | None:
    value = work.references.value(body, here)[0]
    return value if isinstance(value, Quantity) else None


def _figure(work: Manuscript, reference: str, here: Here) -> Figure | None:
    run = work.references.run(reference, here)[0]
    return run if isinstance(run, Figure) else None


def _point(value: Fraction, figure: Figure | None) -> Point:
    if figure is None:
        return Point(value)
    return Point(value, figure.text, figure.reference, figure.door)


def _bridge(work: Manuscript, part: ChartPart, here: Here) -> Made:
    """Draw from the budget at the beginning to what was carried over."""
    bases: list[Point] = []
    bars: list[Point] = []
    names: list[str] = []
    said: list[str] = []
    running = Fraction(0)
    unit = ""
    for label, body, sign in part.steps:
        if not work.references.knows(body, here):
            continue
        quantity = _quantity(work, body, here)
        if quantity is None:
            return None, body
        # One axis, one unit: that of the first step.
        unit = unit or quantity.unit.name
        amount = quantity.base / unit_named(unit).factor
        top = running + amount if sign == "+" else running if sign == "-" else amount
        running = running - amount if sign == "-" else top
        bases.append(Point(top - amount if sign else None))
        figure = _figure(work, f"{body} | 数", replace(here, unit=unit))
        bars.append(_point(amount, figure))
        names.append(label)
        said.append(f"{label}{figure.text if figure else ''}{unit}")
    series = (Series("起点", tuple(bases), NOTHING), Series("金额", tuple(bars), MIDDLE))
    return _Drawn(tuple(names), series, "、".join(said), unit), ""


def _scores(work: Manuscript, part: ChartPart, here: Here) -> Made:
    """Draw what each group of a level can earn, and what it earned."""
    scores = Scores(work.outcome, work.references.as_published)
    level = int(part.of or 1)
    groups = [g for g in scores.framework.groups if len(g.path) == level]
    if not groups:
        return None, ""
    if any(scores.earned(group) is None for group in groups):
        return None, "各项指标的得分"
    points: list[Point] = []
    earned: list[Point] = []
    for group in groups:
        at = replace(here, subject=group)
        points.append(_point(group.points, _figure(work, "分值：本组", at)))
        earned.append(_point(scores.earned(group) or Fraction(0), _figure(work, "得分：本组", at)))
    names = tuple(_unique(group, groups) for group in groups)
    pairs = zip(names, points, earned, strict=True)
    said = "、".join(f"{name}分值{top.label}得{got.label}" for name, top, got in pairs)
    series = (Series("分值", tuple(points), LIGHT), Series("得分", tuple(earned), DARK))
    return _Drawn(names, series, said, "分"), ""


def _unique(group: Group, groups: list[Group]) -> str:
    """Return the name of a group, with its parent where two are called alike."""
    alike = [each for each in groups if each.path[-1] == group.path[-1]]
    return group.path[-1] if len(alike) == 1 else "—".join(group.path[-2:])


def _goals(work: Manuscript, _: ChartPart, here: Here) -> Made:
    """Draw how far each goal of a group was reached, its target being 100 %."""
    if not isinstance(here.subject, Group):
        return None, ""
    framework = work.outcome.card.framework
    goals = work.outcome.evaluation.ledger.dictionary.goals
    names: list[str] = []
    rates: list[Point] = []
    for leaf in framework.below(here.subject):
        goal = goals.get(leaf.goal)
        if goal is None:
            continue
        actual = _quantity(work, goal.actual, here)
        target = _quantity(work, goal.target, here)
        if actual is None or target is None or not target.base:
            continue
        at = replace(here, subject=leaf)
        rate = actual.over(target).base * 100
        names.append(leaf.name)
        rates.append(_point(rate, _figure(work, "完成率：本项", at)))
    if not names:
        return None, ""
    said = "、".join(f"{name}{point.label}" for name, point in zip(names, rates, strict=True))
    hundred = tuple(Point(Fraction(100), "100%") for _ in names)
    series = (Series("目标（100%）", hundred, LIGHT), Series("实际完成", tuple(rates), DARK))
    return _Drawn(tuple(names), series, said, "%"), ""


def _survey(work: Manuscript, part: ChartPart, here: Here) -> Made:
    """Draw the shares of the options of every question."""
    rows = rows_in_hand(work, part.of, "")
    if rows is None:
        return None, f"表“{part.of}”"
    spec = work.outcome.evaluation.ledger.dictionary.tables[part.of]
    counted = "人数" if spec.column("人数") is not None else "份数"
    shown = "占比" if spec.column("占比") is not None else ""
    names: list[str] = []
    options: list[list[Point]] = []
    for _, members in groupby(rows, key=lambda row: str(row.cell("题号"))):
        question = list(members)
        counts = [_counted(row.cell(counted)) for row in question]
        whole = sum((each for each in counts if each is not None), Fraction(0))
        if not whole or None in counts:
            continue
        names.append(f"第{_digits(question[0].cell('题号'))}题")
        body = shown or f"{counted} / sum({part.of}.{counted}, 题号 = 本行.题号) | %"
        options.append(
            [
                _share(work, body, replace(here, table=part.of, row=row), count, whole)
                for row, count in zip(question, counts, strict=True)
            ]
        )
    if not names:
        return None, ""
    most = max(len(each) for each in options)
    series = tuple(
        Series(
            f"第{number + 1}选项",
            tuple(each[number] if number < len(each) else Point(None) for each in options),
            min(number, MOST_TONES - 1),
        )
        for number in range(most)
    )
    said = "、".join(f"{n}首选项{o[0].label or '0'}" for n, o in zip(names, options, strict=True))
    note = "注：各题选项按问卷顺序排列，第1选项评价最高；不足8%的未标数值。"
    return _Drawn(tuple(names), series, said, "%", note), ""


def _counted(value: object) -> Fraction | None:
    return value.amount if isinstance(value, Quantity) else None


def _digits(value: object) -> str:
    return value.digits() if isinstance(value, Quantity) else str(value)


def _share(
    work: Manuscript, body: str, here: Here, count: Fraction | None, whole: Fraction
) -> Point:
    share = (count or Fraction(0)) / whole * 100
    figure = _figure(work, body, here) if share else None
    if figure is None:
        return Point(share)
    label = figure.text if share >= LABELLED else ""
    return Point(share, label, figure.reference, figure.door)


def _execution(work: Manuscript, part: ChartPart, here: Here) -> Made:
    """Draw for every project how much of its budget was spent."""
    rows = rows_in_hand(work, part.of, part.options.get("where", ""))
    if rows is None:
        return None, f"表“{part.of}”"
    names: list[str] = []
    rates: list[Point] = []
    budget, spent = part.options["budget"], part.options["spent"]
    for row in rows:
        at = replace(here, table=part.of, row=row)
        planned, used = _quantity(work, budget, at), _quantity(work, spent, at)
        if planned is None or used is None or planned.base <= 0:
            continue
        figure = _figure(work, f"({spent}) / ({budget}) | %", at)
        names.append(str(row.cell("名称") or row.key))
        rates.append(_point(used.base / planned.base * 100, figure))
    if not names:
        return None, ""
    low = [n for n, p in zip(names, rates, strict=True) if p.value is not None and p.value < 100]
    said = f"共{len(names)}个项目，{len(low)}个未达到100%"
    said += f"：{'、'.join(low)}" if low else ""
    return _Drawn(tuple(names), (Series("执行率", tuple(rates), MIDDLE),), said, "%"), ""


_DRAWERS: dict[str, Callable[[Manuscript, ChartPart, Here], Made]] = {
    "bridge": _bridge,
    "scores": _scores,
    "goals": _goals,
    "survey": _survey,
    "execution": _execution,
}
