"""How Word writes the number of a list item (编号的写法).

Formats are named as in the standard (ISO/IEC 29500-1, 17.18.59). One that is
not known here is written in plain digits, as Word does when it must.
"""

from __future__ import annotations

_TEN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_PLACES = {
    "chineseCountingThousand": ("零一二三四五六七八九", "十百千", "万"),
    "taiwaneseCountingThousand": ("零一二三四五六七八九", "十百千", "萬"),
    "japaneseCounting": ("", "十百千", "万"),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬"),
    "japaneseLegal": ("零壱弐参四伍六七八九", "拾百阡", "萬"),
}
"""Digits, places inside a group of four, and the place of the second group."""

_ROWS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
}
"""Formats that are a row of signs; what is beyond it is written in digits."""

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def numeral(value: int, form: str) -> str:
    """Return a list number as it is printed.

    Args:
        value: Not below zero.
        form: A value of ST_NumberFormat.

    >>> [numeral(n, "chineseCounting") for n in (3, 10, 12, 20)]
    ['三', '十', '十二', '二十']
    >>> numeral(28, "lowerLetter"), numeral(9, "upperRoman"), numeral(2, "decimalEnclosedCircle")
    ('bb', 'IX', '②')
    """
    if form in _ROWS:
        row = _ROWS[form]
        return row[value - 1] if 0 < value <= len(row) else str(value)
    if form in _PLACES and 0 < value < 10**8:
        return _counted(value, form)
    match form:
        case "none":
            return ""
        case "chineseCounting" | "taiwaneseCounting":
            # From a hundred on this format writes digit after digit.
            thousand = value and value < 100
            return _counted(value, "chineseCountingThousand") if thousand else _digits(value)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return _digits(value)
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(value).translate(_FULL_WIDTH)
        case "decimalZero":
            return f"{value:02}"
        case "upperRoman" | "lowerRoman" if 0 < value < 4000:
            return _roman(value) if form == "upperRoman" else _roman(value).lower()
        case "upperLetter" | "lowerLetter" if 0 < value <= 780:
            turns, place = divmod(value - 1, 26)
            return chr(ord("A" if form == "upperLetter" else "a") + place) * (turns + 1)
        case "ideographZodiacTraditional" if 0 < value <= 60:
            return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]
        case "numberInDash":
            return f"- {value} -"
    return str(value)


def _digits(value: int) -> str:
    return "".join(_TEN[int(each)] for each in str(value))


def _roman(value: int) -> str:
    written = ""
    for amount, sign in _ROMAN:
        times, value = divmod(value, amount)
        written += sign * times
    return written


def _counted(value: int, form: str) -> str:
    digits, places, second = _PLACES[form]
    upper, lower = divmod(value, 10**4)
    written = _group(upper, digits, places) + second if upper else ""
    zero = digits[:1] if upper and 0 < lower < 1000 else ""
    written += zero + _group(lower, digits, places)
    # 十一 and not 一十一; the legal forms keep 壹拾壹.
    return written[1:] if written.startswith("一十") else written


def _group(value: int, digits: str, places: str) -> str:
    """Write 1 to 9999; Japanese (no digits of its own) says 百 for 一百 and no zero."""
    names = digits or _TEN
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if not digit:
            gap = bool(written)
            continue
        silent = not digits and digit == 1 and power > 0
        written += names[0] if gap and digits else ""
        written += ("" if silent else names[digit]) + (places[power - 1] if power else "")
        gap = False
    return written
