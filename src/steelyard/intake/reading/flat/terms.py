"""The words that head columns and close tables (表头用语), read from ``terms.toml``."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("terms.toml")
_UNIT = re.compile(r"[（(][^（）()]{1,6}[）)]$")
_PERIOD = re.compile(r"^(?:(?:\d{4}|上|本|当|全)?年度?|截至.{1,8}[日月底])?(?:实际|计划|累计)?")


class Kind(StrEnum):
    """What may stand in a column (列的种类)."""

    INDEX = "index"
    LEVEL = "level"
    """A label over several rows, printed once."""
    NAME = "name"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    """是 or 否."""
    VALUE = "value"
    """A figure with its unit, a target, or a short word."""
    NOTE = "note"
    """Sentences."""
    ANY = "any"
    """Not known from the header."""


@cache
def _loaded() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _kinds() -> dict[str, Kind]:
    terms = _loaded()["terms"]
    return {
        bare(term): Kind(kind)
        for kind, listed in terms.items()
        if kind != "group"
        for term in listed
    }


@cache
def group_terms() -> frozenset[str]:
    """Return the words that may stand over several columns (组名)."""
    return frozenset(_loaded()["terms"]["group"])


@cache
def total_words() -> frozenset[str]:
    """Return the words that begin a closing row (合计)."""
    return frozenset(_loaded()["rows"]["total"])


@cache
def beginnings() -> frozenset[str]:
    """Return every beginning of a term, so that a wrapped header is noticed at once."""
    return frozenset(term[:end] for term in _kinds() for end in range(1, len(term) + 1))


def bare(text: str) -> str:
    """Return a text without its blanks."""
    return "".join(text.split())


@cache
def known(term: str) -> Kind | None:
    """Return what a known header word heads, None for a foreign one (表头).

    A unit behind it and a period before it change nothing.

    >>> known("2023年年初预算数（万元）"), known("黔中大地")
    (<Kind.NUMBER: 'number'>, None)
    """
    kinds = _kinds()
    core = bare(term)
    for text in (core, _UNIT.sub("", core)):
        for attempt in (text, _PERIOD.sub("", text), re.sub(r"^\d{4}年度?", "", text)):
            if attempt in kinds:
                return kinds[attempt]
    if core.startswith("是否") and len(core) <= 10:
        return Kind.CHOICE
    return None


@cache
def guessed(term: str) -> Kind | None:
    """Return what a header word probably heads, by its ending; None for any other."""
    core = _UNIT.sub("", bare(term)) or bare(term)
    if not 2 <= len(core) <= 14:
        return None
    for kind, endings in _loaded()["endings"].items():
        if core.endswith(tuple(endings)):
            return Kind(kind)
    return None
