"""Questionnaires and the satisfaction that follows from them (问卷)."""

from __future__ import annotations

from fractions import Fraction

from tests.made.draft import Cells, Column, Draft, Item, Table

from steelyard.measure.number import plain
from steelyard.measure.rounding import round_half_up

_LIKING = ("非常满意", "满意", "一般", "不满意", "非常不满意")
_SEEN = ("非常了解", "比较了解", "了解一些", "不了解")

_STAFF = (
    ("对本单位重点工作推进情况是否满意", True),
    ("对内部管理制度执行情况是否满意", True),
    ("对科室之间的协作是否满意", True),
    ("对经费保障情况是否满意", True),
    ("对本单位整体履职情况是否满意", True),
)
_SERVED = (
    ("是否了解相关政策", False),
    ("对办事效率是否满意", True),
    ("对服务态度是否满意", True),
    ("对政策落实情况是否满意", True),
    ("对工作的总体评价", True),
)


def make_surveys(draft: Draft) -> tuple[str, ...]:
    """Add the questionnaires of the style; return the satisfaction items."""
    match draft.style.survey:
        case "two":
            _detailed(draft, "部门问卷", "部门履职满意度", _STAFF)
            _detailed(draft, "受益对象问卷", "受益对象满意度", _SERVED)
            return ("部门履职满意度", "受益对象满意度")
        case "one":
            _counted(draft, "满意度问卷", "服务对象满意度", _SERVED)
            return ("服务对象满意度",)
        case _:
            return ()


def _valid(draft: Draft) -> int:
    if draft.style.exact_shares:
        return draft.chance.choice([50, 80, 100, 125, 200, 250])
    return draft.chance.randint(47, 260)


def _answers(draft: Draft, valid: int, options: int) -> list[int]:
    """Split the answers of one question, most of them on the best options."""
    chance = draft.chance
    rest, counts = valid, []
    for _ in range(options - 1):
        taken = rest * chance.randint(45, 75) // 100
        counts.append(taken)
        rest -= taken
    # The worst option is seldom taken: what is left goes to the middle.
    worst = rest if chance.random() < 0.3 else 0
    counts.append(worst)
    counts[1] += rest - worst
    return counts


def _sent(draft: Draft, name: str, valid: int) -> None:
    sent = valid + draft.chance.randint(0, 12)
    draft.count(f"{name}发放份数", sent, "份", f"{name}发放份数", supplier="评价组")
    draft.count(
        f"{name}有效份数", valid, "份", f"{name}有效份数", supplier="评价组", above_zero=True
    )
    draft.check(
        f"sent-{len(draft.checks)}",
        f"{name}有效份数不多于发放份数",
        f"{name}有效份数 ≤ {name}发放份数",
    )


def _satisfaction(draft: Draft, item: str, share: Fraction, formula: str, meaning: str) -> None:
    """Add a satisfaction: by formula, or as typed at two decimals."""
    if draft.style.computed_satisfaction:
        draft.shares[item] = share
        draft.add(Item(item, "", "%", "数", meaning, "评价组", formula=formula))
        return
    typed = round_half_up(share * 100, 2)
    draft.shares[item] = typed / 100
    draft.add(Item(item, plain(typed, 2), "%", "数", meaning, "评价组"))
    draft.check(
        f"satisfied-{len(draft.checks)}",
        f"{item}能由问卷算出",
        f"{formula} = {item}",
        places=2,
    )


def _detailed(draft: Draft, name: str, item: str, asked: tuple[tuple[str, bool], ...]) -> None:
    """Add a questionnaire with shares beside counts."""
    valid = _valid(draft)
    rows: list[Cells] = []
    last: list[int] = []
    for number, (question, liked) in enumerate(asked, start=1):
        options = _LIKING if liked else _SEEN
        last = _answers(draft, valid, len(options))
        for place, (option, count) in enumerate(zip(options, last, strict=True), start=1):
            share = plain(Fraction(count * 100, valid), 2)
            rows.append(
                (
                    f"{number}-{place}",
                    str(number),
                    question,
                    str(place),
                    option,
                    str(count),
                    share,
                    str(valid),
                    "是" if liked else "否",
                )
            )
    columns = (
        Column("编号"),
        Column("题号", kind="数"),
        Column("题目"),
        Column("选项序号", kind="数"),
        Column("选项"),
        Column("人数", "份", "数"),
        Column("占比", "%", "数"),
        Column("有效份数", "份", "数"),
        Column("计入满意度", kind="是否"),
    )
    draft.tables[name] = Table(name, "编号", columns, tuple(rows), f"{name}的答卷统计")
    _sent(draft, name, valid)
    draft.check(
        f"answers-{len(draft.checks)}",
        f"{name}每题各选项相加等于有效份数",
        f"sum({name}.人数, 题号 = 本行.题号) = {name}有效份数",
        each=name,
        where="选项序号 = 1",
    )
    draft.check(
        f"shares-{len(draft.checks)}",
        f"{name}占比等于人数除以有效份数",
        "人数 / 有效份数 = 占比",
        each=name,
        places=2,
    )
    formula = f"sum({name}.人数, 题号 = {len(asked)} 且 选项序号 ≤ 2) / {name}有效份数"
    meaning = f"{name}总体评价一题中“非常满意”与“满意”的占比"
    _satisfaction(draft, item, Fraction(last[0] + last[1], valid), formula, meaning)


def _counted(draft: Draft, name: str, item: str, asked: tuple[tuple[str, bool], ...]) -> None:
    """Add a questionnaire that gives counts only."""
    valid = _valid(draft)
    rows: list[Cells] = []
    good = every = 0
    for number, (question, liked) in enumerate(asked, start=1):
        options = _LIKING if liked else _SEEN
        counts = _answers(draft, valid, len(options))
        good += sum(counts[:2]) if liked else 0
        every += valid if liked else 0
        for place, (option, count) in enumerate(zip(options, counts, strict=True), start=1):
            counted = "是" if liked else "否"
            rows.append(
                (
                    f"{number}-{place}",
                    str(number),
                    question,
                    str(place),
                    option,
                    str(count),
                    counted,
                )
            )
    columns = (
        Column("编号"),
        Column("题号", kind="数"),
        Column("题目"),
        Column("选项序号", kind="数"),
        Column("选项"),
        Column("份数", "份", "数"),
        Column("计入满意度", kind="是否"),
    )
    draft.tables[name] = Table(name, "编号", columns, tuple(rows), f"{name}的答卷统计")
    _sent(draft, name, valid)
    draft.check(
        f"answers-{len(draft.checks)}",
        f"{name}每题各选项相加等于有效份数",
        f"sum({name}.份数, 题号 = 本行.题号) = {name}有效份数",
        each=name,
        where="选项序号 = 1",
    )
    formula = (
        f"sum({name}.份数, 计入满意度 = “是” 且 选项序号 ≤ 2) / sum({name}.份数, 计入满意度 = “是”)"
    )
    meaning = "计入满意度的各题中“非常满意”与“满意”的占比"
    _satisfaction(draft, item, Fraction(good, every), formula, meaning)
