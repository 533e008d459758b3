"""What may stand in a column of a kind, and what it costs there (列的内容)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from steelyard.intake.reading.flat.terms import Kind

_DASH = re.compile(r"[—–―－-]{1,3}|[/／\\]|无")
NUMBER = re.compile(r"[-－+]?[\d,，]+(?:\.\d+)?")
PERCENT = re.compile(r"[-－+]?[\d,]+(?:\.\d+)?[%％]?")
INDEX = re.compile(
    r"\d{1,3}[.．、]?|\d{1,2}(?:[.．-]\d{1,2})+|[（(]?[一二三四五六七八九十]{1,3}[）)]?、?|[①-⑳]"
)
_DATE = re.compile(
    r"(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日|底|初|中旬|上旬|下旬|末)?|\d{4}年(?:底|初)?"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?"
)
_CHOICE = re.compile(r"是|否|有|√|×|✓")


def is_dash(text: str) -> bool:
    """Say whether a text stands for nothing."""
    return len(text) <= 3 and bool(_DASH.fullmatch(text))


def typed_cost(kind: Kind, text: str) -> int | None:
    """Return what a text costs in a column of a kind, None where it cannot stand."""
    if _DASH.fullmatch(text):
        return 60 if kind is Kind.INDEX else 3
    if kind is Kind.NUMBER:
        if NUMBER.fullmatch(text):
            return 0
        return 6 if PERCENT.fullmatch(text) else None
    if kind is Kind.PERCENT:
        return (0 if text[-1] in "%％" else 3) if PERCENT.fullmatch(text) else None
    patterns: Mapping[Kind, re.Pattern[str]] = {
        Kind.DATE: _DATE,
        Kind.CHOICE: _CHOICE,
        Kind.INDEX: INDEX,
    }
    return 0 if patterns[kind].fullmatch(text) else None


def serial_cost(text: str, before: int) -> tuple[int, int]:
    """Return what a serial number costs after another, and the number now."""
    digits = text.strip(".．、")
    if not digits.isdigit():
        return (2, 0) if not digits[0].isdigit() else (2, before)
    number = int(digits)
    if number == before + 1:
        return 0, number
    return (8 if number == 1 else 60), number
