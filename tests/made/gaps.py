"""Made folders from which something was taken again (缺口), for tests of drafts.

``make_gaps`` takes only what no score rests on, so that what must be reported
missing is just what was taken. ``make_unscored`` takes a figure that is scored.
"""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path

from steelyard.files.rows import csv_text

_FACTS = (
    "部门总收入",
    "年初批复预算数",
    "结转金额",
    "基本支出追加预算数",
    "抽查单位数",
    "评价开始日期",
    "报告日期",
    "内设机构数",
)
"""Figures that the report prints and no leaf is scored on."""

_OF_PROJECT = ("评价开始日期", "报告日期", "内设机构数")
_SETTING = ("基本情况/部门概况", "基本情况/项目概况")
"""Passages that print 内设机构数; when one is gone, nobody asks for it."""

_PASSAGES = (
    "概要/绩效目标完成情况",
    "基本情况/部门概况",
    "基本情况/绩效自评情况及结论",
    "评价组织/绩效评价依据",
    "评价结论/综合结论",
    "附件/自评概述",
)
_PASSAGES_OF_PROJECT = ("基本情况/项目概况", "主要经验/主要经验及做法")
_CHAPTERS = ("主要经验", "结果应用建议")
_TABLES = ("评价流程", "评价方法", "评价组成员", "年度目标")
_TABLES_OF_DEPARTMENT = ("征求意见", "工作情况反馈", "抽样项目", "自评项目")


def make_gaps(folder: Path, seed: int) -> list[str]:
    """Take some facts, passages and tables from a made folder.

    Returns:
        What the report must mark as missing, in its own words, and nothing else.
    """
    chance = random.Random(f"gaps {seed}")
    project = "项目名称" in (folder / "report" / "report.toml").read_text(encoding="utf-8")
    missing: list[str] = []
    passages = [
        key for key in (_PASSAGES_OF_PROJECT if project else _PASSAGES) if _is_there(folder, key)
    ]
    gone = chance.sample(passages, 1 if project else 2)
    for key in gone:
        _take_passage(folder, key, chance)
        missing.append(f"叙述“{key}”")
    if not project and chance.random() < 0.6:
        chapter = chance.choice(_CHAPTERS)
        (folder / "report" / f"{chapter}.md").unlink()
        missing.append(f"“{chapter}”")
    facts = list(_OF_PROJECT if project else _FACTS)
    if any(key in _SETTING for key in gone):
        facts.remove("内设机构数")
    for name in chance.sample(facts, 2 if project else 3):
        _take_fact(folder, name, chance)
        missing.append(name)
    tables = list(_TABLES if project else (*_TABLES, *_TABLES_OF_DEPARTMENT))
    there = [name for name in tables if (folder / "tables" / f"{name}.csv").exists()]
    for name in chance.sample(there, 2):
        _take_table(folder, name, chance)
        missing.append(f"表“{name}”")
    if chance.random() < 0.5:
        _take_word(folder, "委托单位")
        missing.append("委托单位")
    if chance.random() < 0.5:
        (folder / "findings.csv").unlink()
        (folder / "recommendations.csv").unlink()
        missing += ["问题", "建议"]
    return missing


def make_unscored(folder: Path) -> str:
    """Take the first actual value of a goal; return the name of the goal.

    Conflicts go with it: there is none about a figure that nobody has given.
    """
    (folder / "conflicts.csv").unlink(missing_ok=True)
    text = (folder / "facts.csv").read_text(encoding="utf-8")
    found = re.search(r"^(.+)\.实际值,", text, re.MULTILINE)
    assert found is not None, "no goal was made"
    _take_fact(folder, f"{found[1]}.实际值", random.Random(0))
    return found[1]


def _take_fact(folder: Path, name: str, chance: random.Random) -> None:
    """Leave a fact empty, or leave its row out."""
    path = folder / "facts.csv"
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    header, *rows = csv.reader(io.StringIO(text))
    place = next(n for n, row in enumerate(rows) if row[0] == name)
    if chance.random() < 0.5:
        rows[place][1] = ""
    else:
        rows.pop(place)
    path.write_text(csv_text(header, rows), encoding="utf-8", newline="\n")


def _take_table(folder: Path, name: str, chance: random.Random) -> None:
    """Leave a table without rows, or without its file."""
    path = folder / "tables" / f"{name}.csv"
    if chance.random() < 0.5:
        path.unlink()
        return
    header = path.read_text(encoding="utf-8").split("\n", 1)[0]
    path.write_text(f"{header}\n", encoding="utf-8", newline="\n")


def _is_there(folder: Path, key: str) -> bool:
    file, _, heading = key.partition("/")
    path = folder / "report" / f"{file}.md"
    return path.exists() and f"## {heading}\n" in path.read_text(encoding="utf-8")


def _take_passage(folder: Path, key: str, chance: random.Random) -> None:
    """Leave a passage empty, or leave its heading out, too."""
    file, _, heading = key.partition("/")
    path = folder / "report" / f"{file}.md"
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    left = f"## {heading}\n\n" if chance.random() < 0.5 else ""
    changed, times = pattern.subn(left, text)
    assert times == 1, key
    path.write_text(changed, encoding="utf-8", newline="\n")


def _take_word(folder: Path, word: str) -> None:
    path = folder / "report" / "report.toml"
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith(f'"{word}" = ')]
    assert len(kept) == len(lines) - 1, word
    path.write_text("\n".join(kept), encoding="utf-8", newline="\n")
