"""Dates as official papers write them (日期).

Only whole days are read. A text that could be two dates is refused.
"""

from __future__ import annotations

import re
from datetime import date

from steelyard.errors import SteelyardError
from steelyard.measure.number import narrow

_SHAPE = re.compile(
    r"(?P<y>\d{4})\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*日?", re.ASCII
)


class NotADate(SteelyardError):
    """A cell that should hold a day holds something else."""

    code = "measure.not-a-date"

    def __init__(self, text: str) -> None:
        super().__init__(
            what=f"“{text[:40]}”不是日期。",
            mend="请写成 2023-11-21 或 2023年11月21日。",
        )


def read_date(text: str) -> date:
    """Read a day.

    Raises:
        NotADate: The text is no day of the calendar.

    >>> read_date("2024年9月24日")
    datetime.date(2024, 9, 24)
    """
    match = _SHAPE.fullmatch(narrow(text))
    if match is None:
        raise NotADate(text)
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        raise NotADate(text) from None


def say_date(day: date) -> str:
    """Print a day as official papers do.

    >>> say_date(date(2024, 9, 4))
    '2024年9月4日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
