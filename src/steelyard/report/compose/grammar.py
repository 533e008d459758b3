"""How references are written (引用的写法), before anything is looked up.

Words before a colon, targets behind it, bars before formats, rows in brackets.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from steelyard.errors import SteelyardError
from steelyard.facts.ledger import TableRow
from steelyard.formula.parse import parse
from steelyard.formula.tree import needs
from steelyard.report.compose.here import Here
from steelyard.report.compose.score_words import KINDS
from steelyard.report.compose.scores import WHOLE

BRACES = re.compile(r"\{\{([^{}\n]*)\}\}")
_KIND = re.compile(r"(?P<kind>[\u4e00-\u9fff]{1,5})\s*[：:]\s*(?P<target>.*)", re.DOTALL)
CELL = re.compile(r"(?P<table>[^\[\]]+)\[(?P<row>[^\[\]]+)\][.．](?P<column>[^\s|.]+)")
INNER_CELL = re.compile(r"(?P<table>[\w“”]+)\[(?P<row>[^\[\]]+)\][.．](?P<column>[\w“”]+)")
IN_ROW = re.compile(r"(?P<table>[^\[\]：:]+)\[(?P<row>[^\[\]]+)\]\s*[：:]\s*(?P<formula>.+)")
LINKS = ("表", "图", "附件")
LIST = "名单"
UNIT = "单位"


parsed = lru_cache(maxsize=4096)(parse)
"""One template stands in many rows."""


class UnknownReference(SteelyardError):
    """A reference to nothing."""

    code = "report.unknown-reference"

    def __init__(self, source: str, known: tuple[str, ...] = (), why: str = "") -> None:
        near = difflib.get_close_matches(source, list(known), n=1)
        mend = f"是否想写“{near[0]}”？" if near else "请核对名称，或先在数据字典中登记。"
        said = f"：{why}" if why else "。"
        super().__init__(what=f"引用“{{{{ {source} }}}}”没有所指{said}", mend=mend)


class OpenBrace(SteelyardError):
    """Braces that are not closed."""

    code = "report.open-brace"

    def __init__(self, text: str) -> None:
        super().__init__(
            what=f"“{text[:30]}”的双花括号不成对。", mend="引用应写成 {{ 名称 }}，写在一行之内。"
        )


@dataclass(frozen=True, slots=True)
class Misprint:
    """A figure to be printed as somebody else printed it (原稿印数)."""

    place: str
    """Passage, caption or form in which it stands; empty for anywhere."""

    reference: str
    text: str


def canonical(source: str, here: Here) -> str:
    """Return a reference that means the same anywhere: 本项 and bare columns are named.

    It is what a figure keeps, so that anybody can look it up again.
    """
    body, *formats = [part.strip() for part in split(source)]
    kind, target = kind_of(body)
    if kind in KINDS:
        if target in ("本项", "本组", ""):
            target = here.subject.text if here.subject is not None else WHOLE[0]
        body = f"{kind}：{target}"
    elif here.row is not None and here.row.cell(body) is not None:
        body = f"{here.table}[{here.row.key}].{body}"
    elif here.row is not None and _reads_row(body, here.row):
        body = f"{here.table}[{here.row.key}]：{body}"
    return " | ".join([body, *formats])


def _reads_row(body: str, row: TableRow) -> bool:
    """Tell whether a formula reads the row in hand."""
    try:
        names = needs(parsed(body)).names
    except SteelyardError:
        return False
    return "本行" in body or any(row.cell(name) is not None for name in names)


def kind_of(body: str) -> tuple[str, str]:
    """Split 得分：本项 into its word and its target; both empty when it is neither."""
    match = _KIND.fullmatch(body)
    if match is None or match["kind"] not in (*KINDS, *LINKS, LIST, UNIT):
        return "", ""
    return match["kind"], match["target"].strip()


def named(target: str, here: Here) -> str:
    return target if here.subject is None else target.replace("本组", here.subject.path[-1])


def list_parts(target: str) -> tuple[str, str, str]:
    """Return table, column and condition of a list."""
    column, _, where = target.replace(",", "，").partition("，")
    table, _, name = column.strip().partition(".")
    return table, name, where.strip()


def split(source: str) -> list[str]:
    """Split a reference at the bars outside of quotation marks."""
    parts, depth = [""], 0
    for c in source:
        depth += (c == "“") - (c == "”")
        if c in "|｜" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += c
    return parts
