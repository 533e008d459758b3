"""A draft as the files of a folder (写成文件)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.made.draft import Column, Draft, Item, Leaf
from tests.made.style import DEPARTMENT
from tests.made.toml_text import block, decimal, inline, quoted

from steelyard.files.rows import csv_text


def framework_text(draft: Draft) -> str:
    """Return framework.toml."""
    style = draft.style
    whole = "部门整体支出" if style.kind == DEPARTMENT else "项目支出"
    name = draft.name if style.kind == DEPARTMENT else style.words.project
    parts = [
        f"# {style.name}：由种子{draft.seed}造出的指标体系，内容均为虚构\n",
        block(
            "",
            {
                "id": f"made-{draft.seed}",
                "version": "1",
                "title": f"{name}{whole}绩效评价指标体系（{style.year}年度）",
                "kind": style.kind,
                "place": draft.place,
                "year": style.year,
                "points": 100,
                "places": style.places,
                "total": style.total,
                "basis": ["财预〔2020〕10号", "中发〔2018〕34号"],
            },
        ),
    ]
    parts += [block("[[grade]]", {"name": n}) + f"floor = {floor}\n" for n, floor in style.grades]
    parts += [
        block("[[group]]", {"path": "/".join(path), "points": points})
        for path, points in draft.groups.items()
    ]
    parts += [_leaf(leaf) for leaf in draft.leaves]
    return "\n".join(parts)


def _leaf(leaf: Leaf) -> str:
    text = block(
        "[[leaf]]",
        {
            "path": leaf.text,
            "points": leaf.points,
            "meaning": leaf.meaning,
            "measure_name": leaf.measure_name,
            "measure": leaf.measure,
            "goal": leaf.goal,
            "evidence": list(leaf.evidence),
        },
    )
    # A rule may well say nought: that is not nothing.
    rule = "".join(f"{key} = {inline(value)}\n" for key, value in leaf.rule.items())
    text += f"\n[leaf.rule]\n{rule}"
    if leaf.readings:
        text += "\n" + block("[leaf.reading]", leaf.readings)
    return text


def items_text(draft: Draft) -> str:
    """Return items.toml of the framework: what is neither the folder's nor the process'."""
    parts = [_item(item) for item in draft.items.values() if not item.own and not item.process]
    parts += [
        block(
            "[[goal]]",
            {
                "name": goal.name,
                "sign": goal.sign,
                "unit": goal.unit,
                "meaning": goal.meaning,
                "supplier": "业务",
            },
        )
        for goal in draft.goals.values()
    ]
    for table in draft.tables.values():
        if table.process:
            continue
        fields = {"name": table.name, "key": table.key, "meaning": table.meaning}
        parts.append(block("[[table]]", fields))
        parts += [_column(each) for each in table.columns]
    return "\n".join(parts)


def own_items_text(draft: Draft) -> str:
    """Return items.toml of the folder itself."""
    return "\n".join(_item(item) for item in draft.items.values() if item.own)


def _item(item: Item) -> str:
    return block(
        "[[item]]",
        {
            "name": item.name,
            "kind": "" if item.kind == "数" else item.kind,
            "unit": item.unit,
            "meaning": item.meaning,
            "supplier": item.supplier,
            "above_zero": item.above_zero or None,
            "formula": item.formula,
        },
    )


def _column(column: Column) -> str:
    return block(
        "[[table.column]]",
        {
            "name": column.name,
            "kind": "" if column.kind == "数" else column.kind,
            "unit": column.unit,
            "choices": list(column.choices),
            "optional": column.optional or None,
        },
    )


def checks_text(draft: Draft) -> str:
    """Return checks.toml."""
    parts = []
    for each in draft.checks:
        severity = each.get("severity", "error")
        parts.append(block("[[check]]", {**each, "severity": severity}))
    return "\n".join(parts)


FACTS = ("数据项", "数值", "单位", "期间", "来源", "位置", "引文", "说明")


def facts_text(draft: Draft) -> str:
    """Return facts.csv: every item that is not computed, then targets and actuals."""
    year = f"{draft.style.year}年"
    rows: list[Sequence[str]] = []
    for number, item in enumerate(draft.items.values(), start=1):
        if item.formula:
            continue
        dated = item.kind != "数" or item.supplier == "评价组"
        source = "S3" if dated else "S1"
        rows.append(
            (
                item.name,
                item.value,
                item.unit,
                "" if dated else year,
                source,
                f"第{number}行",
                "",
                "",
            )
        )
    for number, goal in enumerate(draft.goals.values(), start=1):
        place = f"目标表第{number}行"
        for side, value in (("目标值", goal.target), ("实际值", goal.actual)):
            text = decimal(value, goal.places)
            rows.append((f"{goal.name}.{side}", text, goal.unit, year, "S2", place, "", ""))
    return csv_text(FACTS, rows)


def judgements_text(draft: Draft) -> str:
    """Return judgements.csv."""
    rows = [(leaf.text, *verdict) for leaf in draft.leaves for verdict in leaf.judgements]
    return csv_text(("指标", "要点", "结论", "理由", "证据"), rows)


def evaluation_text(draft: Draft, title: str, agency: str, date: str, framework: str) -> str:
    """Return evaluation.toml."""
    fields: Mapping[str, object] = {
        "title": title,
        "department": draft.name,
        "year": draft.style.year,
        "framework": framework,
        "agency": agency,
        "date": date,
    }
    parts = [block("", fields)]
    parts += [
        block(f"[tables.{quoted(name)}]", {"source": "S1", "place": f"附表{number}"})
        for number, name in enumerate(draft.tables, start=1)
    ]
    return "\n".join(parts)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder, byte for byte."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
