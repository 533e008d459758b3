"""Findings of one cause are one finding."""

from tests.doctor.made_documents import document

from steelyard.doctor.finding import Finding, Place, Severity
from steelyard.doctor.merging import merged
from steelyard.doctor.view.view import view_of

VIEW = view_of([document("预算60万元。", "预算58.59万元。", "计划60.00万元。", "支出70万元。")])


def place(index: int) -> Place:
    passage = VIEW.passages[index]
    return Place(passage, passage.claims[0].start, passage.claims[0].end)


def finding(rule: str, severity: Severity, *indices: int) -> Finding:
    return Finding(rule, severity, f"{indices}不同。", tuple(map(place, indices)))


def test_the_same_numbers_at_a_shared_place_are_one_and_the_gravest_is_kept() -> None:
    question = finding("R12", Severity.QUESTION, 0, 1)
    error = finding("R11", Severity.ERROR, 2, 1)
    (one,) = merged([question, error])
    assert (one.rule, one.severity) == ("R11", Severity.ERROR)
    assert set(one.places) == {place(0), place(1), place(2)}


def test_other_numbers_at_a_shared_place_stay_apart() -> None:
    one, other = finding("R12", Severity.ERROR, 0, 1), finding("R12", Severity.ERROR, 3, 1)
    assert len(merged([one, other])) == 2


def test_fewer_numbers_count_where_the_same_number_is_accused() -> None:
    more, fewer = finding("R01", Severity.ERROR, 0, 1, 3), finding("R01", Severity.ERROR, 0, 1)
    assert len(merged([more, fewer])) == 1


def test_fewer_numbers_under_another_accused_number_stay_apart() -> None:
    block, part = finding("R04", Severity.ERROR, 3, 0, 1), finding("R04", Severity.ERROR, 0, 1)
    assert len(merged([block, part])) == 2


def test_rules_that_look_for_other_things_stay_apart() -> None:
    one, other = finding("R08", Severity.ERROR, 0, 1), finding("R02", Severity.ERROR, 0, 1)
    assert len(merged([one, other])) == 2
