"""How alike two names are (名称相近), by the pairs of characters that they share."""

from __future__ import annotations

import re
from functools import lru_cache

_NOISE = re.compile(r"[\s“”‘’《》〈〉（）()\[\]【】、，。：:；;·\-—～/]|项目$|^\d{4}年(?:度)?")
_MARK = re.compile(
    r"第[一二三四五六七八九十\d]+[批期轮次号季]|(?:19|20)\d\d(?=年)|[一二三四五六七八九十\d]+期"
)
_UNITS = re.compile(r"（[^（）]{0,6}元）|（单位：?[^（）]*）|（%）")


@lru_cache(maxsize=65536)
def bare(name: str) -> str:
    """Return a name without marks, brackets and units: what has to be the same."""
    return _NOISE.sub("", _UNITS.sub("", name))


@lru_cache(maxsize=65536)
def pairs(name: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a name."""
    simple = bare(name)
    return frozenset(simple[i : i + 2] for i in range(len(simple) - 1))


@lru_cache(maxsize=65536)
def marks(name: str) -> frozenset[str]:
    """Return the batches, stages and years of a name."""
    return frozenset(_MARK.findall(name))


def differ_in_marks(one: str, other: str) -> bool:
    """Say whether two names are of different batches, stages or years: never one thing."""
    for kind in (str.isdigit, lambda mark: not mark.isdigit()):
        left, right = ({mark for mark in marks(name) if kind(mark)} for name in (one, other))
        if left and right and left != right:
            return True
    return False


def containment(one: str, other: str) -> float:
    """Return which share of the shorter name's pairs the longer one holds, 0 to 1.

    A ratio for ranking, not a figure of any report.
    """
    left, right = pairs(one), pairs(other)
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def overlap(one: str, other: str) -> float:
    """Return which share of all their pairs two names have in common, 0 to 1."""
    left, right = pairs(one), pairs(other)
    together = len(left | right)
    return len(left & right) / together if together else 0.0
