"""How names are written: in other ways, nearly, or only alike.

A label is sure when it is the name, an alias, or obviously the same writing.
Nearly the name is a question, and what only looks like it is a decoy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.intake.mess.kinds import Clerk, Mess

from steelyard.facts.dictionary import Dictionary, Item
from steelyard.measure.units import Unit

_MARKS = re.compile(r"[\s“”\"'：:（）()]")
_NUMBERS = ("{}.", "{}、", "（{}）", "{}．", "({})")
_CHINESE = "一二三四五六七八九十"
_NEARLY = (
    ("决算数", "实际支出金额"),
    ("预算数", "预算金额"),
    ("安排数", "安排金额"),
    ("支出数", "开支数"),
    ("执行数", "已用金额"),
    ("总额", "总金额"),
    ("份数", "数量"),
    ("人员数", "职工人数"),
    ("编制数", "核定人数"),
    ("收入", "收款"),
    ("满意度", "满意率"),
    ("人次数", "服务人次"),
    ("完成额", "总量"),
    ("数量", "个数"),
    ("日期", "时间"),
    ("金额", "资金"),
    ("率", "比例"),
    ("数", "总数"),
)
_ALIKE = (
    *("上年{}", "{}占比", "人均{}", "{}较上年增减额", "下年{}", "{}（1—7月）", "{}（预计）"),
    *("其他{}", "{}增长率", "{}（不含下属单位）", "同口径{}", "非{}", "{}调整率", "{}差异"),
)


def same_writing(label: str) -> str:
    """Return a label without marks and white space, to compare it."""
    return _MARKS.sub("", label)


@dataclass(slots=True)
class Names:
    """All names of a dictionary (名称)."""

    dictionary: Dictionary
    known: dict[str, int] = field(default_factory=dict)
    """How many things have a name, as compared."""
    columns: set[str] = field(default_factory=set)
    """Names of columns, as compared."""

    def __post_init__(self) -> None:
        for table in self.dictionary.tables.values():
            self.columns |= {same_writing(column.name) for column in table.columns}
        for name in self._all():
            bare = same_writing(name)
            self.known[bare] = self.known.get(bare, 0) + 1

    def _all(self) -> list[str]:
        names: list[str] = []
        for item in self.dictionary.items.values():
            names += {item.name, *item.aliases}
        for goal in self.dictionary.goals.values():
            names += [goal.name, f"{goal.name}目标值", f"{goal.name}实际值"]
        for table in self.dictionary.tables.values():
            names.append(table.name)
        return names

    def free(self, label: str) -> bool:
        """Tell whether nothing has that name; columns of tables among the things."""
        bare = same_writing(label)
        return bare not in self.known and bare not in self.columns

    def aliases(self, item: Item) -> tuple[str, ...]:
        """Return the aliases of an item that are its alone."""
        return tuple(alias for alias in item.aliases if self.known[same_writing(alias)] == 1)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as written (标签)."""

    words: str
    marks: tuple[Mess, ...] = ()
    sure: bool = True


def write_label(
    clerk: Clerk,
    names: Names,
    name: str,
    *,
    unit: Unit | None = None,
    year: int | None = None,
    plainly: bool = False,
) -> Label:
    """Write the label of an item.

    Args:
        clerk: Who writes.
        names: What other things are called.
        name: The name in the dictionary.
        unit: Unit to put in brackets behind it.
        year: Year that may stand before it.
        plainly: Whether only obviously equal writings will do.
    """
    marks: list[Mess] = []
    words, sure = name, True
    item = names.dictionary.items.get(name)
    near = None if plainly else nearly(clerk, names, name)
    if near is not None and clerk.does(Mess.NEAR_SYNONYMS, 0.2):
        words, sure = near, False
        marks.append(Mess.NEAR_SYNONYMS)
    elif item and names.aliases(item) and clerk.does(Mess.ALIASES, 0.7) and not plainly:
        words = clerk.pick(names.aliases(item))
        marks.append(Mess.ALIASES)
    elif (
        year
        and not re.search(r"年|日期|评价|自评", name)
        and not plainly
        and names.free(f"{year}年{name}")
        and clerk.does(Mess.YEAR_IN_LABEL, 0.4)
    ):
        words = f"{year}{clerk.pick(('年', '年度'))}{name}"
        marks.append(Mess.YEAR_IN_LABEL)
    if clerk.does(Mess.LABEL_WRITING, 0.6):
        dressed = _dressed(clerk, words, brackets=unit is None)
        if dressed != words:
            words = dressed
            marks.append(Mess.LABEL_WRITING)
    if unit is not None and unit.name:
        words = with_unit(clerk, words, unit)
        marks.append(Mess.UNIT_IN_LABEL)
        clerk.note(Mess.UNIT_IN_LABEL)
    return Label(words, tuple(marks), sure)


def with_unit(clerk: Clerk, words: str, unit: Unit) -> str:
    """Put a unit behind a label."""
    colon = words[-1] if words[-1] in "：:" else ""
    bracketed = clerk.pick(("（{}）", "({})", "（单位：{}）", "（{}）"))
    return words.removesuffix(colon) + bracketed.format(unit.name) + colon


def _dressed(clerk: Clerk, words: str, *, brackets: bool) -> str:
    """Return the same label in another writing."""
    ways = ["number", "colon", "space", "break", "spread"]
    if "三公经费" in words:
        ways += ["quotes"] * 4
    if "（" in words:
        ways.append("brackets")
    if brackets:
        ways.append("number")
    way = clerk.pick(ways)
    if way == "number":
        number = clerk.chance.randint(1, 9)
        digit = _CHINESE[number - 1] if clerk.odds(0.4) else str(number)
        return clerk.pick(_NUMBERS).format(digit) + clerk.pick(("", "", " ")) + words
    if way == "colon":
        return words + clerk.pick(("：", ":"))
    if way == "quotes":
        return words.replace("三公经费", clerk.pick(("“三公”经费", '"三公"经费', "“三公经费”")))
    if way == "brackets":
        return words.replace("（", "(").replace("）", ")")
    if way == "space":
        return clerk.pick(("  {}", "　　{}", "{} ")).format(words)
    if way == "break" and len(words) > 5:
        place = clerk.chance.randint(2, len(words) - 2)
        return f"{words[:place]}\n{words[place:]}"
    if way == "spread" and len(words) <= 5:
        return clerk.pick((" ", "　")).join(words)
    return words


def nearly(clerk: Clerk, names: Names, name: str) -> str | None:
    """Return a label that most likely means an item, yet is not its name."""
    found = [
        name.removesuffix(end) + other
        for end, other in _NEARLY
        if name.endswith(end) and names.free(name.removesuffix(end) + other)
    ]
    return clerk.pick(found[:2]) if found else None


def alike(clerk: Clerk, names: Names, name: str) -> str | None:
    """Return a label that looks like an item and means something else."""
    if re.search(r"上年|本年|年初结|日期", name):
        return None
    words = clerk.pick(_ALIKE).format(name)
    return words if names.free(words) else None
