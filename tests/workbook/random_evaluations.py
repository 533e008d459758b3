"""Random evaluations over every rule family, many of them lying on a tie.

Built from a seed, so that a failure can be seen again.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.evaluation.evaluation import Evaluation
from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec
from steelyard.facts.ledger import Fact, Ledger, Table, TableRow
from steelyard.formula.parse import parse
from steelyard.framework.indicator import Choice, Framework, Grade, Group, Leaf
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import Unit, unit_named
from steelyard.scoring.compile import compile_framework
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.rules.compound import VETO
from steelyard.scoring.rules.rule import Judgement

POINTS = [Fraction(text) for text in ("1", "1.5", "2", "3", "4", "5", "6", "7", "8", "10")]
MONEY = ("元", "万元", "亿元")
STATES = ("已完成", "未完成", "未执行")

Rule = dict[str, object]


@dataclass(frozen=True)
class Draft:
    """A leaf in the making: its measures, its rule, how often to aim at a tie."""

    measure: str | dict[str, str]
    rule: Rule
    rate: bool = True
    points: Fraction | None = None


def _percent(value: int | Fraction) -> str:
    return f"{float(value):g}%"


def drafts(chance: random.Random) -> dict[str, Draft]:
    """Return one leaf for every rule family and shape, parameters at random."""
    base = chance.choice([0, 80, 90, 95, 100])
    step = chance.choice([1, 2, 5])
    cuts = sorted(chance.sample(range(40, 100, 5), 3), reverse=True)
    shares = [[20, 30, 50], [25, 25, 50], [40, 30, 30]][chance.randrange(3)]
    lose = chance.choice(["0.1", "0.2", "0.25", "0.5", "1"])
    bands: list[object] = [{"at": "100%", "share": "100%"}]
    top = 100
    for cut, share in zip(cuts, (90, 75, 45), strict=True):
        bands.append({"from": _percent(cut), "below": _percent(top), "share": _percent(share)})
        top = cut
    bands.append({"below": _percent(top), "points": 0})
    listed = [{"text": f"要点{n}", "share": _percent(share)} for n, share in enumerate(shares)]
    return {
        "完成": Draft("甲实际 / 甲计划", {"use": "completion"}),
        "反向": Draft("甲实际 / 甲计划", {"use": "completion-reverse"}),
        "增长": Draft("乙增长", {"use": "completion-growth", "target": "乙目标增长"}),
        "分档": Draft("甲实际 / 甲计划", {"use": "bands", "bands": bands}),
        "满意": Draft("丙满意度", {"use": "satisfaction", "bands": bands}),
        "达标": Draft("甲实际 / 甲计划", {"use": "pass-fail", "when": f"x ≤ {base or 100}%"}),
        "超步": Draft(
            "甲实际 / 甲计划",
            {
                "use": "steps",
                "base": _percent(base),
                "side": "above",
                "each": _percent(step),
                "lose": Fraction(lose),
                "open_side": chance.random() < 0.5,
            },
        ),
        "低步": Draft(
            {"净额": "(丁甲 - 丁乙) / 丁丙", "总额": "(丁甲 + 丁乙) / 丁丙"},
            {
                "use": "steps",
                "base": "100%",
                "side": "below",
                "each": _percent(step),
                "lose": Fraction(lose),
                "full": 2,
            },
        ),
        "扣率": Draft("(丁甲 - 丁乙 - 丁丁) / 丁丙", {"use": "deduct-share"}),
        "逐项": Draft(
            "count(任务, 状态 ≠ “已完成” 且 金额 > 5万元)",
            {"use": "per-task", "lose": Fraction(lose), "noun": "任务未完成"},
            rate=False,
        ),
        "表比": Draft(
            "sum(任务.金额, 状态 = “已完成” 或 级次 = “上级”) / 任务总额", {"use": "completion"}
        ),
        "要点": Draft(
            "",
            {
                "use": "checklist",
                "points": [{"text": f"要点{n}", "points": Fraction("0.6")} for n in range(4)],
            },
        ),
        "权重": Draft("", {"use": "checklist-share", "points": listed}),
        "缺陷": Draft("", {"use": "checklist-defects", "points": listed, "lose": "20%"}),
        "必备": Draft("", {"use": "defects", "items": ["一", "二", "三"], "lose": Fraction(lose)}),
        "否决": Draft(
            "",
            {
                "use": "veto",
                "text": "发生重大问题",
                "then": {"use": "defects", "count": "不符项数", "lose": "5%"},
            },
        ),
        "拆分": Draft(
            "",
            {
                "use": "split",
                "parts": [
                    {
                        "text": "本级全部完成",
                        "points": 1,
                        "when": "count(任务, 级次 = “本级” 且 状态 = “已完成”)"
                        " = count(任务, 级次 = “本级”)",
                    },
                    {
                        "text": "没有大额未执行",
                        "points": Fraction("0.5"),
                        "when": "非(any(任务, 状态 = “未执行” 且 金额 ≥ 10万元))",
                    },
                    {
                        "text": "金额均在百万以内",
                        "points": Fraction("0.5"),
                        "when": "all(任务, 金额 ≤ 100万元)",
                    },
                ],
            },
        ),
        "条件": Draft(
            "",
            {
                "use": "split",
                "parts": [
                    {"text": "有收入", "points": 1, "when": "戊甲 > 0元"},
                    {"text": "有结余", "points": Fraction("0.5"), "when": "戊甲 - 戊乙 ≥ 0元"},
                    {
                        "text": "有一项在限额内",
                        "points": Fraction("0.5"),
                        "when": "戊乙 × 2 ≤ 戊丙 或 非 戊差 > 1元",
                    },
                    {
                        "text": "多数任务在限额内",
                        "points": Fraction("0.25"),
                        "when": "count(任务, 金额 ≤ 戊乙) ≥ count(任务, 级次 = 主管)",
                    },
                ],
            },
            points=Fraction("2.25"),
        ),
        "文字": Draft("count(任务, 级次 = 主管) / count(任务)", {"use": "completion"}),
        "算差": Draft("戊差 / 戊丙", {"use": "completion"}),
        "算积": Draft("戊积 / 戊丙", {"use": "completion"}),
        "大数": Draft("(己甲 - 己乙) / 己丙", {"use": "completion"}),
        "大档": Draft("己差 / 己丙", {"use": "bands", "bands": bands}),
        "超分": Draft("甲实际 / 甲计划", {"use": "completion"}, points=Fraction("1.125")),
        "亿元": Draft(
            "",
            {"use": "split", "parts": [{"text": "增", "points": 1, "when": "己甲 - 己乙 > 0元"}]},
            points=Fraction(1),
        ),
    }


def dictionary() -> Dictionary:
    """Return the data items and the table that the drafts speak of."""
    money, rate = unit_named("万元"), unit_named("%")
    items = [
        Item(name="甲实际", unit=unit_named("万元")),
        Item(name="甲计划", unit=unit_named("万元")),
        Item(name="乙增长", unit=rate),
        Item(name="乙目标增长", unit=rate, above_zero=True),
        Item(name="丙满意度", unit=rate),
        Item(name="丁甲", unit=money),
        Item(name="丁乙", unit=money),
        Item(name="丁丙", unit=money, above_zero=True),
        Item(name="丁丁", unit=money),
        Item(name="戊甲", unit=money),
        Item(name="戊乙", unit=unit_named("元")),
        Item(name="戊丙", unit=money),
        Item(name="戊差", unit=money, formula=parse("戊甲 - 戊乙")),
        Item(name="戊积", unit=money, formula=parse("戊甲 × 戊丙 ÷ 戊乙")),
        Item(name="己甲", unit=unit_named("亿元")),
        Item(name="己乙", unit=unit_named("亿元")),
        Item(name="己丙", unit=unit_named("元")),
        Item(name="己差", unit=unit_named("元"), formula=parse("己甲 - 己乙")),
        Item(name="主管", kind=Kind.TEXT, choices=("本级", "上级")),
        Item(name="任务总额", unit=money, formula=parse("sum(任务.金额)")),
    ]
    table = TableSpec(
        name="任务",
        key="序号",
        columns=(
            Column(name="序号", kind=Kind.TEXT),
            Column(name="级次", kind=Kind.TEXT, choices=("本级", "上级")),
            Column(name="金额", unit=money),
            Column(name="状态", kind=Kind.TEXT, choices=STATES),
        ),
    )
    return Dictionary({item.name: item for item in items}, {"任务": table})


def rubric(chance: random.Random, known: Dictionary) -> Rubric:
    """Return a rubric of all families, with random points and readings."""
    leaves: list[Leaf] = []
    total = Fraction(0)
    for name, draft in drafts(chance).items():
        points = draft.points or chance.choice(POINTS)
        if name in ("拆分", "低步"):
            points = Fraction(2)
        total += points
        measures = draft.measure if isinstance(draft.measure, dict) else {"": draft.measure}
        leaf = Leaf(
            path=("甲类" if len(leaves) < 9 else "乙类", name),
            points=points,
            measures={key: text for key, text in measures.items() if text},
            measure_name=f"{name}率",
            rule=draft.rule,
        )
        leaves.append(leaf)
    framework = Framework(
        id="random",
        version="1",
        title="随机",
        points=total,
        places=chance.choice((0, 2, 2, 4)),
        total=chance.choice(("sum-of-rounded", "rounded-sum")),
        grades=(Grade("优", total * 9 / 10), Grade("良", total * 8 / 10), Grade("差", Fraction(0))),
        groups=(Group(path=("甲类",), points=total), Group(path=("乙类",), points=total)),
        leaves=tuple(leaves),
    )
    return compile_framework(framework, known)


def readings(chance: random.Random, known: Rubric) -> dict[str, dict[str, Choice]]:
    """Return random readings of every axis."""
    return {
        each.leaf.text: {axis.key: Choice(chance.choice(list(axis.choices))) for axis in each.axes}
        for each in known.leaves
    }


def _amount(chance: random.Random, value: Fraction, places: int) -> Quantity:
    """Return an amount given in 万元, written in a unit at random."""
    unit = unit_named(chance.choice(MONEY))
    scaled = value * 10_000 / unit.factor
    if (scaled * 10**8).denominator != 1:
        unit, scaled = unit_named("万元"), value
    return Quantity.of(scaled, unit, places)


def _decimal(chance: random.Random, low: int, high: int, places: int) -> Fraction:
    return Fraction(chance.randint(low * 10**places, high * 10**places), 10**places)


def _pair(chance: random.Random, points: Fraction) -> tuple[Fraction, Fraction]:
    """Return actual and target; half of them make a score that lies on a tie."""
    if chance.random() < 0.5:
        # points × actual ÷ target is a whole number of half cents, exactly.
        scale = chance.choice([1, 3, 7, 10, 12, 100])
        score = Fraction(2 * chance.randint(0, int(points * 100)) + 1, 200)
        return score * scale, points * scale
    target = _decimal(chance, 1, 9000, 2)
    return _decimal(chance, 0, 12000, 2), target


def facts(chance: random.Random, known: Rubric) -> dict[str, Fact]:
    """Return random facts: some missing, some that do not apply, some zero."""
    points = known.leaves[0].leaf.points
    actual, target = _pair(chance, points)
    if chance.random() < 0.04:
        target = Fraction(0)
    rate = unit_named("%")
    values: dict[str, Value] = {
        "甲实际": _amount(chance, actual, 4),
        "甲计划": _amount(chance, target, 4),
        "乙增长": Quantity.of(_decimal(chance, -5, 15, 2), rate, 2),
        "乙目标增长": Quantity.of(_decimal(chance, 1, 12, 1), rate, 1),
        "丙满意度": Quantity.of(chance.choice([_decimal(chance, 30, 100, 2), Fraction(90)]), rate),
        "丁甲": _amount(chance, _decimal(chance, 1, 5000, 2), 2),
        "丁乙": _amount(chance, _decimal(chance, 0, 3000, 2), 2),
        "丁丙": _amount(chance, _decimal(chance, 1000, 6000, 2), 2),
        "丁丁": _amount(chance, _decimal(chance, 0, 900, 2), 2),
    }
    if chance.random() < 0.3:
        # Net change is a whole number of steps: the edge of floor and ceil.
        base = Fraction(chance.randint(1, 900))
        values["丁丙"] = _amount(chance, base * 100, 2)
        values["丁甲"] = _amount(chance, base * chance.randint(60, 130), 2)
        values["丁乙"] = _amount(chance, base * chance.randint(0, 20), 2)
    values |= _large(chance) | _dashed(chance)
    for name in values:
        draw = chance.random()
        if draw < 0.02:
            values[name] = MISSING
        elif draw < 0.04:
            values[name] = NOT_APPLICABLE
    return {name: Fact(name, value) for name, value in values.items() if value is not MISSING}


def _dashed(chance: random.Random) -> dict[str, Value]:
    """Return figures that are often a dash, and a text."""
    values: dict[str, Value] = {}
    for name, unit in (("戊甲", "万元"), ("戊乙", "元"), ("戊丙", "万元")):
        draw = chance.random()
        amount = Quantity.of(_decimal(chance, 0, 100, 2), unit_named(unit), 2)
        values[name] = NOT_APPLICABLE if draw < 0.3 else amount
    values["主管"] = chance.choice(("本级", "上级"))
    return values


def _large(chance: random.Random) -> dict[str, Value]:
    """Return two large amounts, in 元, that differ by little: often by a tie."""
    size = 10 ** chance.randint(3, 12)
    below = _decimal(chance, size, size * 9, 2)
    scale = Fraction(chance.choice([1, 100, 288, 800, 1000, 12345]))
    cents = Fraction(chance.randint(-20, int(scale * 110)), 100)
    if chance.random() < 0.2:
        cents = Fraction(chance.choice([-1, 0, 1]), 100)
    values: dict[str, Value] = {"己丙": Quantity.of(scale, unit_named("元"), 2)}
    for name, amount in (("己甲", below + cents), ("己乙", below)):
        unit = unit_named(chance.choice(MONEY))
        values[name] = Quantity.of(amount / unit.factor, unit, 10)
    return values


def tasks(chance: random.Random) -> Table:
    """Return a table of tasks: sometimes empty, with dashes and, rarely, blanks."""
    money: Unit = unit_named("万元")
    rows = []
    for number in range(chance.choice([0, 1, 3, 6, 9])):
        amount: Value = Quantity.of(_decimal(chance, 0, 150, 2), money, 2)
        if chance.random() < 0.08:
            amount = NOT_APPLICABLE
        state: Value = chance.choice(STATES)
        if chance.random() < 0.01:
            state = MISSING
        cells = {
            "序号": str(number + 1),
            "级次": chance.choice(("本级", "上级")),
            "金额": amount,
            "状态": state,
        }
        rows.append(TableRow(str(number + 1), cells))
    return Table("任务", tuple(rows))


def judgements(chance: random.Random, known: Rubric) -> dict[str, dict[str, Judgement]]:
    """Return random judgements, rarely one missing."""
    found: dict[str, dict[str, Judgement]] = {}
    for compiled in known.leaves:
        for ask in compiled.asks():
            if chance.random() < 0.01:
                continue
            value: Value
            if ask.kind == "defects":
                value = Quantity.of(chance.choice([0, 0, 0, 1, 2, 3]), places=0)
            else:
                value = chance.random() < (0.1 if ask.key == VETO else 0.7)
            found.setdefault(compiled.leaf.text, {})[ask.key] = Judgement(value, "理由")
    return found


def random_evaluation(chance: random.Random, known: Rubric) -> Evaluation:
    """Return one random evaluation of a rubric."""
    tables: Mapping[str, Table] = {"任务": tasks(chance)}
    return Evaluation(
        title="随机评价",
        department="某单位",
        year=2023,
        rubric=known,
        ledger=Ledger(known.dictionary, facts(chance, known), tables),
        judgements=judgements(chance, known),
        choices=readings(chance, known),
    )
