"""What a stored number looks like in its cell (数字格式).

A workbook stores 0.9 and says “0.00%”; a person sees 90.00%. Formats that show a
plain number, a per cent or a date are followed; with any other the number is
written as it is stored, every digit of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    # The machine's own short date: shown differently everywhere, so written as ISO.
    14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: "h:mm AM/PM", 35: "h:mm:ss AM/PM", 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0", 42: '"¥"#,##0', 43: "#,##0.00", 44: '"¥"#,##0.00', 45: "mm:ss",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: "h:mm AM/PM", 56: "h:mm:ss AM/PM", 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that a file names by number alone, as Chinese Excel and WPS show them."""

_LONGEST_CODE = 255
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|(\[[^\]]*\])|(.)', re.DOTALL)
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|颜色\d+)\]")
_DIGITS = re.compile(r"(?P<whole>[#0?,]*[#0?])?(?:\.(?P<part>[0?#]*))?")
_DATE = re.compile(r"yyyy|yy|m+|d+|hh?|ss?|.", re.DOTALL | re.IGNORECASE)
_SERIALS = 2_958_466
"""The serial number after 9999-12-31."""

# Excel reckons with 15 digits before it rounds for show.
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class _Section:
    """How one section of a format shows a number."""

    before: str
    after: str
    grouped: bool
    whole: int
    """Digits before the point that are always shown."""
    least: int
    """Decimals that are always shown."""
    most: int
    percent: bool


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format that shows a plain number, a per cent or a date (数字格式)."""

    sections: tuple[_Section | None, ...] = ()
    """For positive, negative and zero; None for one that is not plain."""
    date: str = ""
    """The first section, literals in quotation marks, if it shows a date."""
    strange: bool = False
    """It is none of these, so that what a person sees is not known."""

    def shown(self, stored: str, epoch_1904: bool = False) -> str:
        """Return what a person sees.

        Args:
            stored: A number as the file has it, as ``0.9`` or ``4.5E-2``.
            epoch_1904: Days are counted from 1904-01-01.
        """
        plain = plain_number(stored)
        if plain == stored and not re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
            return plain
        number = Decimal(plain)
        if self.strange:
            return plain
        seen = _date(number, self.date, epoch_1904) if self.date else self._figure(number)
        # A format that hides the figure, or puts a dash for zero, must not lose it.
        return seen if re.search(r"\d", seen) else plain

    def stored(self, stored: str, shown: str) -> str:
        """Return the number behind what is shown, empty when all of it is shown.

        Behind a format that is not understood stands the very text: a person sees another.
        """
        plain = "" if self.date else plain_number(stored)
        return "" if plain == shown and not self.strange else plain

    def _figure(self, number: Decimal) -> str:
        count = len(self.sections)
        index = 0 if number > 0 or count == 1 else 1 if number < 0 else min(2, count - 1)
        if not number and count == 2:
            index = 0
        section = self.sections[index]
        if section is None:
            return ""
        sign = "-" if number < 0 and index == 0 else ""
        return sign + section.before + _digits(abs(number), section) + section.after


def plain_number(stored: str) -> str:
    """Return a stored number in plain digits; what is no number stays as it is.

    >>> plain_number("0.10000000000000001"), plain_number("4.5E-2"), plain_number("300.0")
    ('0.1', '0.045', '300')
    """
    try:
        # A file stores doubles, up to 17 digits of them; this is the shortest
        # text that means the same double.
        text = repr(float(stored))
    except ValueError:
        return stored
    if "n" in text:  # inf, nan
        return stored
    if "e" in text:
        text = format(Decimal(text), "f")
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def number_format(code: str) -> NumberFormat | None:
    """Read a format code; None for one that shows numbers as they are stored.

    >>> number_format("0.00%").shown("0.9")
    '90.00%'
    >>> number_format("yyyy-mm-dd").shown("45251")
    '2023-11-21'
    """
    if len(code) > _LONGEST_CODE:
        return _STRANGE
    codes = _split(code)
    date = _date_code(codes[0])
    if date is not None:
        return NumberFormat(date=date) if date else _STRANGE
    if code.strip().lower() in ("", "general", "@"):
        return None
    if any(re.search(r"\[[<>=]", section) for section in codes):
        return _STRANGE
    sections = tuple(_section(section) for section in codes[:3])
    return NumberFormat(sections) if any(sections) else _STRANGE


_STRANGE = NumberFormat(strange=True)


def _split(code: str) -> list[str]:
    """Return the sections of a format, which semicolons part."""
    sections = [""]
    for match in _TOKEN.finditer(code):
        if match[0] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def _section(code: str) -> _Section | None:
    before, digits, after = "", "", ""
    percent = False
    for match in _TOKEN.finditer(code):
        quoted, escaped, currency, bracket, single = match.groups()
        if bracket is not None:
            if not _COLOUR.fullmatch(bracket.lower()):
                return None
            continue
        if single is not None and single in "#0?.,":
            if after:
                return None
            digits += single
            continue
        if single is not None and single.isascii() and single not in "%-+() $/:":
            return None
        percent = percent or single == "%"
        literal = next((part for part in (quoted, escaped, currency, single) if part), "")
        if digits:
            after += literal
        else:
            before += literal
    found = _DIGITS.fullmatch(digits)
    if not found or not digits:
        return None
    whole, part = found["whole"] or "", found["part"] or ""
    return _Section(
        before.strip(), after.strip(), "," in whole, whole.count("0"), part.count("0"), len(part),
        percent,
    )  # fmt: skip


def _digits(number: Decimal, section: _Section) -> str:
    with localcontext(prec=400):
        # More decimals than there are digits are zeros: no need to round away any.
        exact = number if number == number.to_integral_value() else _FIFTEEN.plus(number)
        if section.percent:
            exact *= 100
        rounded = exact.quantize(Decimal(1).scaleb(-section.most), rounding=ROUND_HALF_UP)
    whole, _, part = format(rounded, "f").partition(".")
    while len(part) > section.least and part.endswith("0"):
        part = part[:-1]
    whole = "" if whole == "0" and section.whole == 0 else whole.zfill(section.whole)
    if section.grouped and whole:
        whole = f"{int(whole):,}"
    return f"{whole}.{part}" if part else whole


def _date_code(code: str) -> str | None:
    """Return a date's code, None for no date, empty for one that is not plain."""
    kept, bare, elapsed = "", "", False
    for match in _TOKEN.finditer(code):
        quoted, escaped, currency, bracket, single = match.groups()
        literal = quoted or escaped or currency
        if literal:
            kept += f'"{literal}"'
        elif bracket is not None:
            elapsed = elapsed or bool(re.fullmatch(r"\[(?:h+|m+|s+)\]", bracket.lower()))
        elif single is not None:
            kept += single
            bare += single
    if elapsed:
        return ""
    bare = re.sub("general", "", bare, flags=re.IGNORECASE)
    return kept if re.search("[ymdhs]", bare.lower()) and "E+" not in bare else None


def _date(serial: Decimal, code: str, epoch_1904: bool) -> str:
    """Return a date as its format shows it, else as 2023-11-21 or 2023-11-21 14:30:00."""
    if not 0 <= serial < _SERIALS - (1462 if epoch_1904 else 0):
        return ""
    seconds = int((serial * 86400).to_integral_value(rounding=ROUND_HALF_UP))
    # Excel has a 29 February 1900, which there never was.
    days = seconds // 86400 + (1 if not epoch_1904 and seconds < 60 * 86400 else 0)
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - no zone
    moment = start + timedelta(days=days, seconds=seconds % 86400)
    seen = _as_coded(moment, code)
    if seen:
        return seen
    if not re.search("[hs]", re.sub('"[^"]*"', "", code.lower())):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%H:%M:%S}" if serial < 1 else f"{moment:%Y-%m-%d %H:%M:%S}"


def _as_coded(moment: datetime, code: str) -> str:
    """Return a date in the very form of its code, empty if the code is not that plain.

    Day before month and names of months are not plain: who reads on would guess.
    """
    bare = re.sub('"[^"]*"', "", code.lower())
    days = re.sub("[hs][^ymd]*m+|m+[^ymd]*s", "", bare)
    order = re.sub(r"(.)\1+", r"\1", re.sub("[^ymd]", "", days))
    if order not in ("ymd", "ym", "y", "md", "") or re.search(
        "m{3}|d{3}|am/pm|a/p|[abeg]|[.]0", bare
    ):
        return ""
    out = ""
    clock = False
    for piece in re.split('("[^"]*")', code):
        if piece.startswith('"'):
            out += piece.strip('"')
            continue
        for token in _DATE.findall(piece):
            letter = token[0].lower()
            if letter == "y":
                out += f"{moment.year:04d}" if len(token) > 2 else f"{moment.year % 100:02d}"
            elif letter in "mdhs":
                is_minute = letter == "m" and (clock or ("s" in bare and "h" not in bare))
                part = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
                value = moment.minute if is_minute else part[letter]
                out += f"{value:02d}" if len(token) > 1 else f"{value}"
                clock = letter == "h" or (clock and letter != "m")
            else:
                out += token
    return out.strip("@ ")
