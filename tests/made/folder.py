"""Complete evaluation folders, made from a seed (造文件夹).

Every sum ties, every deduction has its finding, and the award of every leaf is
reckoned here as well, so that the product can be held to it. The same seed
always gives the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from tests.made.draft import Draft
from tests.made.files import (
    checks_text,
    evaluation_text,
    facts_text,
    framework_text,
    items_text,
    judgements_text,
    own_items_text,
    write,
)
from tests.made.finance import make_finance
from tests.made.findings_text import findings_text, lost, recommendations_text
from tests.made.made import Made, grade_of, rounded, total_of
from tests.made.narrative import markdown, narrative
from tests.made.process_tables import SURNAMES, make_process
from tests.made.project_narrative import project_narrative
from tests.made.setting import make_project_money, make_setting
from tests.made.style import DEPARTMENT, TIERS, Style, style_of
from tests.made.surveys import make_surveys
from tests.made.toml_text import block, decimal
from tests.made.tree import make_tree

from steelyard.files.rows import csv_text

AGENCIES = (
    "衡川会计师事务所",
    "明衡绩效评价咨询有限公司",
    "江岭中准会计师事务所",
    "正源咨询有限公司",
)


def make_folder(folder: Path, seed: int, *, style: Style | None = None) -> Made:
    """Write an evaluation folder with a framework of its own.

    Args:
        folder: Where; it must not exist.
        seed: Draws everything; 1, 2 and 3 have styles that are promised.
        style: Instead of the style that belongs to the seed.
    """
    style = style or style_of(seed)
    draft = _draft(seed, style)
    client = f"{draft.place}财政{'厅' if style.tier == '省' else '局'}"
    if style.kind == DEPARTMENT:
        make_setting(draft, make_finance(draft))
    else:
        make_project_money(draft)
    make_tree(draft, make_surveys(draft))
    day = make_process(draft, client)
    _write(draft, folder, client, day)
    return _made(draft, folder)


def _framework_of(folder: Path, style: Style) -> tuple[Path, str]:
    """Return where the framework stands, and how the folder names it."""
    if style.beside:
        name = f"{folder.name}-framework"
        return folder.parent / name, f"../{name}"
    return folder / "framework", "./framework"


def _draft(seed: int, style: Style) -> Draft:
    chance = random.Random(f"folder {seed}")
    place = chance.choice(TIERS[style.tier])
    office = style.words.office
    if style.tier == "省" and not style.words.institution:
        office = office.removesuffix("局") + "厅"
    return Draft(seed=seed, style=style, chance=chance, place=place, name=f"{place}{office}")


def _write(draft: Draft, folder: Path, client: str, day: str) -> None:
    style, chance = draft.style, draft.chance
    agency = chance.choice(AGENCIES)
    framework, reference = _framework_of(folder, style)
    subject = draft.name if style.kind == DEPARTMENT else f"{draft.place}{style.words.project}"
    title = f"{subject}{style.year}年{style.kind}绩效评价"
    assert lost(draft), "nothing was lost: there would be nothing to find"
    files = {
        "evaluation.toml": evaluation_text(draft, title, agency, day, reference),
        "facts.csv": facts_text(draft),
        "judgements.csv": judgements_text(draft),
        "findings.csv": findings_text(draft),
        "recommendations.csv": recommendations_text(draft),
        "sources.csv": _sources(draft),
        "report/report.toml": _words(draft, client),
        **_tables(draft),
        **_open_files(draft),
    }
    own = own_items_text(draft)
    if own:
        files["items.toml"] = own
    written = narrative(draft) if style.kind == DEPARTMENT else project_narrative(draft)
    for name, passages in written.items():
        files[f"report/{name}.md"] = markdown(name, passages)
    write(folder, files)
    write(
        framework,
        {
            "framework.toml": framework_text(draft),
            "items.toml": items_text(draft),
            "checks.toml": checks_text(draft),
        },
    )


def _tables(draft: Draft) -> Mapping[str, str]:
    return {
        f"tables/{table.name}.csv": csv_text(table.headers, table.rows)
        for table in draft.tables.values()
    }


def _sources(draft: Draft) -> str:
    year = draft.style.year
    rows = [
        ("S1", f"{draft.name}{year}年度部门决算报表", "", "由财务部门提供"),
        ("S2", f"{draft.name}{year}年度绩效目标完成情况表", "", "由业务部门提供"),
        ("S3", "评价工作底稿", "", "由评价组整理"),
    ]
    return csv_text(("编号", "名称", "文件", "说明"), rows)


def _open_files(draft: Draft) -> Mapping[str, str]:
    """Return published scores, conflicts and readings, where the style leaves points open."""
    if not draft.style.open_points:
        return {}
    places = draft.style.places
    published = [(path, decimal(score, places)) for path, score in rounded(draft).items()]
    published.append(("总分", decimal(total_of(draft), places)))
    goals = [goal for goal in draft.goals.values() if goal.unit != "%"][:2]
    conflicts = []
    for number, goal in enumerate(goals, start=1):
        other = decimal(goal.actual + goal.target / 10**goal.places // 50, goal.places)
        state = "未决" if number == 1 else "已定"
        why = "采用目标完成情况表所列数，另一数统计时点不同。"
        row = (f"C{number}", f"{goal.name}.实际值", other, goal.unit, "S3", "底稿", "", state, why)
        conflicts.append(row)
    readings = [
        (leaf.text, axis, str(choice["use"]), "", "与委托方商定，沿用指标体系的口径。")
        for leaf in draft.leaves
        for axis, choice in leaf.readings.items()
        if axis in ("partial", "reverse")
    ]
    columns = ("编号", "数据项", "另一值", "单位", "来源", "位置", "引文", "状态", "采信理由")
    return {
        "published.csv": csv_text(("指标", "公布得分"), published),
        "conflicts.csv": csv_text(columns, conflicts),
        "readings.csv": csv_text(("指标", "口径", "采用", "仍可", "理由"), readings[:2]),
    }


def _words(draft: Draft, client: str) -> str:
    style, chance = draft.style, draft.chance
    short = f"{style.tier}{draft.name.removeprefix(draft.place)}"
    words = {"委托单位": client, "简称": short, "主管部门": draft.name}
    if style.kind != DEPARTMENT:
        words |= {
            "项目名称": f"{draft.place}{style.words.project}",
            "项目简称": style.words.project,
        }
    elif chance.random() < 0.5:
        words |= {
            "委托单位简称": f"{style.tier}财政部门",
            "联系人": f"{chance.choice(SURNAMES)}某",
            "联系电话": f"0999-{chance.randint(2000000, 8999999)}",
        }
    return block("", {"outline": "" if chance.random() < 0.5 else _outline(style)}) + (
        "\n" + block("[words]", words)
    )


def _outline(style: Style) -> str:
    return "department" if style.kind == DEPARTMENT else "project"


def _made(draft: Draft, folder: Path) -> Made:
    style = draft.style
    return Made(
        folder=folder,
        framework=_framework_of(folder, style)[0],
        seed=draft.seed,
        style=style,
        name=draft.name if style.kind == DEPARTMENT else style.words.project,
        department=draft.name,
        leaves=len(draft.leaves),
        depth=style.depth,
        levels=tuple(path[0] for path in draft.groups if len(path) == 1),
        left_out=style.left_out,
        earned=rounded(draft),
        total=total_of(draft),
        grade=grade_of(draft),
    )
