"""What lines over a table say of all of it (标题): its year and time, its body, its project."""

from __future__ import annotations

import re
from collections.abc import Iterable

from steelyard.intake.wording import tight

_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")
_WRITTEN_YEAR = re.compile(r"[一二][〇零九]?[〇零一二三四五六七八九]{2,3}(?=年)")
_YEAR = re.compile(r"((?:19|20)\d\d)(?=年|[)）\s.]|$)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?:度)?(?=\D|$)")
_SEVERAL = re.compile(
    r"(?:19|20)\d\d年?度?(?:[-—–~～至到])(?:19|20)\d\d|近[一二三四五两]年|历年|累计情况"
)
_DATED = re.compile(r"日期|时间|填报人|电话|\d月\d{1,2}日$|(?:19|20)\d\d年\d{1,2}月$")
_OTHER_TIME = re.compile(
    r"\d{1,2}月?[-—–~～至到]\d{1,2}月|前[一二三]个?季度|[上下]半年|[一二三四1-4]季度|截[至止]"
    r"|上一?年度?|去年|预计|草案|调整前|\d{1,2}月份?(?=[\u4e00-\u9fff])(?!.*[日号])"
)
_AT_THE_END = re.compile(r"12月(?:份|末|31日)?(?=.*(?:余额|资产|人员|编制))")
"""What there is in December is what there is at the end of the year."""

_BUDGET = re.compile(r"预算(?:公开)?(?:总表|表|批复|草案|\(草案\))|\(预算\)|部门预算")
_PROJECT = re.compile(r"项目名称[:：](?P<name>.+)")
_BODIES = (
    r"(?:局|委员会|委|厅|办公室|办|医院|院|中心|处|署|部|中学|小学|幼儿园|大学|学校|馆|所|站|大队|队"
    r"|公司|政府|协会|社区)"
)
_WHOSE = re.compile(
    r"(?:单位|部门)(?:名称)?(?:[(（](?:公章|盖章)[)）])?[:：]"
    rf"(?P<name>[\u4e00-\u9fff()（）]{{2,40}}?{_BODIES}(?:机关|[(（]本级[)）])?)"
    r"(?=$|[^\u4e00-\u9fff]|填报|金额|单位|日期|年度)"
)
_TITLED = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,30}}?{_BODIES}(?:机关|[(]本级[)])?)(?=$|(?:19|20)\d\d年)"
)


def years_in(text: str) -> tuple[int, ...]:
    """Return the years that a title names, in order.

    >>> years_in("２０２３年度收支表"), years_in("二〇二三年收支表"), years_in("23年收支表")
    ((2023,), (2023,), (2023,))
    """
    bare = _WRITTEN_YEAR.sub(lambda found: found[0].translate(_CHINESE), tight(text))
    if _DATED.search(bare):
        return ()
    found = [int(year) for year in _YEAR.findall(bare)]
    return tuple(found or [2000 + int(year) for year in _SHORT_YEAR.findall(bare)])


def year_of(texts: Iterable[str]) -> frozenset[int]:
    """Return the year that the nearest of several titles names; several for a span of years."""
    for text in texts:
        if _SEVERAL.search(tight(text)):
            return frozenset({0})
        years = years_in(text)
        if years:
            # Of two titles in one line the second is the nearer one.
            return frozenset(years[-1:])
    return frozenset()


def is_elsewhen(text: str) -> bool:
    """Tell whether a title speaks of a part of a year, of another one, or of a forecast."""
    bare = _AT_THE_END.sub("", tight(text))
    return not _DATED.search(bare) and bool(_OTHER_TIME.search(bare))


def is_budget(text: str) -> bool:
    """Tell whether a title is of a budget, so that outcomes cannot stand under it."""
    bare = tight(text)
    return bool(_BUDGET.search(bare)) and "决算" not in bare and "执行" not in bare


def project_in(text: str) -> str:
    """Return the project that a line names, empty when it names none."""
    found = _PROJECT.search(tight(text))
    return found["name"] if found else ""


def body_in(text: str) -> str:
    """Return the body that a line says the figures are of, empty when it says none.

    >>> body_in("填报单位：某县水利局　单位：万元"), body_in("某县水利局2024年收支表")
    ('某县水利局', '某县水利局')
    """
    found = _WHOSE.search(text.replace(" ", "")) or _TITLED.match(tight(text))
    return found["name"] if found else ""


def is_own(body: str, department: str) -> bool:
    """Tell whether a body is the department, with more or less of its place before it."""
    ours, theirs = tight(department), tight(body)
    return len(theirs) > 2 and (ours.endswith(theirs) or theirs.endswith(ours))
