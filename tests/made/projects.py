"""The projects of a department (项目), and what a row of money consists of."""

from __future__ import annotations

from dataclasses import dataclass

from tests.made.draft import DASH, Cells, Column, Draft, Table

UPPER = "上级"
_MONTHS = ("3月", "5月", "6月", "7月", "8月", "9月", "10月", "11月")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the fund table: what was carried, approved, added, cut and spent (资金)."""

    carried: int = 0
    approved: int = 0
    added: int = 0
    cut: int = 0
    spent: int = 0

    @property
    def full(self) -> int:
        return self.carried + self.approved + self.added - self.cut

    @property
    def left(self) -> int:
        return self.full - self.spent

    def plus(self, other: Line) -> Line:
        return Line(
            self.carried + other.carried,
            self.approved + other.approved,
            self.added + other.added,
            self.cut + other.cut,
            self.spent + other.spent,
        )


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the department (项目)."""

    name: str
    level: str
    line: Line
    month: str
    state: str
    in_time: bool
    good: bool


def make_projects(draft: Draft) -> tuple[Project, ...]:
    """Draw the projects and add their table."""
    chance, style = draft.chance, draft.style
    # At least two of either kind; the share of one's own money varies.
    many = min(style.projects - 2, len(style.words.local), max(3, style.projects * 2 // 3))
    own = [(name, style.local) for name in chance.sample(style.words.local, many)]
    others = min(style.projects - many, len(style.words.upper))
    upper = [(name, UPPER) for name in chance.sample(style.words.upper, others)]
    made = []
    for number, (name, level) in enumerate([*own, *upper]):
        dated = f"{style.year - 1}年{name}" if chance.random() < 0.15 else name
        made.append(_project(draft, dated, level, late=number in (1, many)))
    _project_table(draft, tuple(made))
    return tuple(made)


def _project(draft: Draft, name: str, level: str, *, late: bool) -> Project:
    """Make one project; ``late`` ones are added during the year."""
    chance = draft.chance
    amount = draft.drawn(8, 260)
    late = late or chance.random() < 0.3
    carried = 0 if late or chance.random() < 0.8 else amount // 4
    line = Line(carried, 0 if late else amount - carried, amount if late else 0)
    draw = chance.random()
    state = "已完成" if draw < 0.7 else "未完成" if draw < 0.92 else "未执行"
    spent = amount
    if state == "未执行":
        spent = 0
    elif state == "未完成":
        spent = amount * chance.randint(20, 90) // 100
    elif chance.random() < 0.3:
        spent = amount * chance.randint(93, 99) // 100
    cut = (amount - spent) // 2 if chance.random() < 0.2 and not late else 0
    line = Line(line.carried, line.approved, line.added, cut, spent)
    done = state == "已完成"
    return Project(
        name,
        level,
        line,
        chance.choice(_MONTHS) if late else DASH,
        state,
        done and chance.random() < 0.85,
        done and chance.random() < 0.95,
    )


def _project_table(draft: Draft, projects: tuple[Project, ...]) -> None:
    style = draft.style
    unit = style.table_unit
    listed = style.tier == "州"
    columns = [
        Column("序号"),
        Column("名称"),
        Column("级次", choices=(style.local, UPPER)),
        Column("年初预算数", unit, "数"),
        Column("追加预算数", unit, "数"),
        Column("调减预算数", unit, "数"),
        Column("决算数", unit, "数"),
        Column("年中追加", kind="是否"),
        Column("追加日期"),
        Column("状态", choices=("已完成", "未完成", "未执行")),
        Column("按时完成", kind="是否"),
        Column("质量达标", kind="是否"),
    ]
    if listed:
        columns += [Column("计入支付进度", kind="是否"), Column("支付情况", optional=True)]
    rows: list[Cells] = []
    for number, each in enumerate(projects, start=1):
        amounts = (
            each.line.carried + each.line.approved,
            each.line.added,
            each.line.cut,
            each.line.spent,
        )
        row: Cells = (
            str(number),
            each.name,
            each.level,
            *(draft.amount(amount, unit) for amount in amounts),
            "是" if each.line.added else "否",
            each.month,
            each.state,
            "是" if each.in_time else "否",
            "是" if each.good else "否",
        )
        if listed:
            row += ("是" if each.level != UPPER else "否", f"{each.state}，按进度支付")
        rows.append(row)
    meaning = "年度预算项目，一行一个"
    draft.tables["项目"] = Table("项目", "序号", tuple(columns), tuple(rows), meaning)
    draft.count("预算项目数", len(projects), "个", "年度预算项目数", above_zero=True)
    draft.check("projects-count", "预算项目数等于项目表的行数", "预算项目数 = count(项目) × 1个")
    draft.check(
        "project-idle",
        "未执行的项目没有支出",
        f"决算数 = 0{unit}",
        each="项目",
        where="状态 = “未执行”",
    )
