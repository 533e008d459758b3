"""Headings and captions by their wording (标题的识别).

Files seldom say what is a heading; the numbering of official documents does:
一、, （一）, 1．, （1）.
"""

from __future__ import annotations

import re

_LONGEST = 45
"""Characters that a heading may have."""

_HAN = "〇零一二三四五六七八九十百"
_LEVELS = (
    (1, re.compile(rf"第?[{_HAN}]{{1,4}}(?:、|章)")),
    (2, re.compile(rf"[（(][{_HAN}]{{1,4}}[）)]")),
    (3, re.compile(r"\d{1,2}[．.、](?!\d)|\d{1,2}[．.、](?=(?:19|20)\d\d\s*年)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_APPENDIX = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十]*\s*(?:[：:．.、\s]|$)")
_PLAIN = re.compile(r"(?:概\s*要|摘\s*要|前\s*言|目\s*录|正\s*文|附\s*件|附\s*录)")
_SENTENCE = re.compile(r"[。；;！？!?]|[，、：:,]$")

TABLE_TITLE = re.compile(r"续?(?:附?表)\s*[\d一二三四五六七八九十]+(?:[-—－.．]\d+)?")
_FIGURE_TITLE = re.compile(r"图\s*\d+(?:[-—－.．]\d+)?\s*\S")
_UNIT = re.compile(
    r"(?:金额|计量|货币)?单\s*位\s*[：:]\s*(?:人民币)?(?P<unit>[^\s，,；;）)（(]{1,20})"
)


def heading_level(text: str) -> int:
    """Return the level of a heading, 0 for what is none.

    >>> [heading_level(text) for text in ("一、基本情况", "（二）部门资金", "附件 1：指标体系")]
    [1, 2, 1]
    >>> heading_level("1．《中华人民共和国预算法》；")
    0
    """
    bare = text.strip()
    if not bare or len(bare) > _LONGEST or _SENTENCE.search(bare):
        return 0
    if _PLAIN.fullmatch(bare) or _APPENDIX.match(bare):
        return 1
    for level, pattern in _LEVELS:
        if pattern.match(bare):
            # 1．原因：无 fills in a form, it heads nothing.
            return 0 if level > 2 and "：" in bare else level
    return 0


def is_figure_title(text: str) -> bool:
    """Say whether a paragraph is the title of a figure (图题)."""
    return bool(_FIGURE_TITLE.match(text.strip())) and not _SENTENCE.search(text.strip())


def is_table_title(text: str) -> bool:
    """Say whether a paragraph begins as the title of a numbered table (表题).

    A sentence that begins so, as “表 1 显示……。”, is none.
    """
    bare = text.strip()
    return bool(TABLE_TITLE.match(bare)) and len(bare) <= 60 and "。" not in bare


def may_be_title(text: str) -> bool:
    """Say whether a paragraph before a table can be its title without a number."""
    bare = text.strip()
    if not 0 < len(bare) <= _LONGEST or re.search(r"[。；;！？，,]", bare):
        return False
    if _APPENDIX.match(bare):
        return True
    return not re.search(r"[：:]", bare) and bool(re.search(r"[\u4e00-\u9fff]{2}", bare))


def unit_line(text: str) -> str | None:
    """Return the unit that a line states for a whole table (单位行).

    Returns:
        None when it states none, an empty text when it lists several.

    >>> [unit_line(text) for text in ("单位：万元", "某局 金额单位：元", "单位：万元、个")]
    ['万元', '元', '']
    """
    found = [match["unit"] for match in _UNIT.finditer(text) if not _is_body(text, match.start())]
    if not found:
        return None
    unit = found[-1]
    return "" if re.search(r"[、/和及]", unit) else unit


def _is_body(text: str, start: int) -> bool:
    """Say whether 单位 is the end of a longer word, as 填报单位."""
    return start > 0 and bool(re.match(r"[\u4e00-\u9fff]", text[start - 1]))
