"""Projects in several lists (项目核对): status words against money and each other.

R12 and R28. Amounts of one project in two lists are compared by
``quantities.records``; here it is what words say: 全部执行 is the whole budget,
未完成 is not 已完成, 未执行 spends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.doctor.arithmetic import half_step, same_amount
from steelyard.doctor.finding import Place, Severity, place_of
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, containment, differ_in_marks
from steelyard.doctor.subject.projects import Amount, Project, projects, words
from steelyard.doctor.view.view import View

_LIKE = 0.75
_MARGIN = 0.1
_SHORT = 6
_FEW = 3


def check(view: View, pen: Pen) -> None:
    """Hold what words say of each project against its money and its other mentions."""
    known = projects(view)
    for project in known:
        _states_and_money(project, pen)
    pairs = list(_same(known))
    for one, other in pairs:
        _amounts(one, other, pen)
        _all_spent_elsewhere(one, other, pen)
        _all_spent_elsewhere(other, one, pen)
        _source(view, one, other, pen)
    _states(pairs, pen)


def _states_and_money(project: Project, pen: Pen) -> None:
    """Compare 全部执行 with what was spent, and 未执行 with what was not."""
    if project.budget is None or project.spent is None:
        return
    (_, budget), (paid_in, spent) = project.budget, project.spent
    money = [place_of(project.budget[0], budget), place_of(paid_in, spent)]
    slack = half_step(budget) + half_step(spent)
    for state in project.states:
        text = state.passage.text
        if words().all_spent.search(text) and budget.base - spent.base > slack:
            _not_all(project.name, state, project.budget, project.spent, pen)
        if words().not_begun.search(state.exact) and spent.value:
            pen.find(
                "R12",
                Severity.QUESTION,
                f"“{project.name}”写明未执行，却有支出{spent.text}。",
                [state, *money],
                figures=[spent],
            )


def _not_all(name: str, state: Place, budget: Amount, spent: Amount, pen: Pen) -> None:
    pen.find(
        "R12",
        Severity.ERROR,
        f"“{name}”写明全部执行，而支出{spent[1].text}少于预算{budget[1].text}。",
        [state, place_of(*spent), place_of(*budget)],
        computed=f"{spent[1].digits}<{budget[1].digits}",
        figures=[spent[1], budget[1]],
    )


def _same(projects: list[Project]) -> Iterator[tuple[Project, Project]]:
    """Yield pairs of mentions of one project in two lists, each pair once."""
    exact: dict[str, list[Project]] = {}
    for project in projects:
        exact.setdefault(bare(project.name), []).append(project)
    homes: dict[object, list[Project]] = {}
    for project in projects:
        homes.setdefault(project.home, []).append(project)
    if len(homes) > 40:
        homes = {}
    for group in exact.values():
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                if one.home != other.home:
                    yield one, other
    lists = list(homes.values())
    for index, left in enumerate(lists):
        for right in lists[index + 1 :]:
            if len(left) * len(right) <= 20_000:
                yield from _alike(left, right)


def _alike(left: list[Project], right: list[Project]) -> Iterator[tuple[Project, Project]]:
    names = {bare(project.name) for project in right}
    for one in left:
        if bare(one.name) in names:
            continue
        ranked = sorted(
            ((containment(one.name, other.name), index) for index, other in enumerate(right)),
            reverse=True,
        )[:2]
        best, index = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        other = right[index]
        if best >= _LIKE and best - second >= _MARGIN and _may_be_one(one, other):
            yield one, other


def _may_be_one(one: Project, other: Project) -> bool:
    """Say whether two alike names can be one project.

    Neither batch nor year may differ, and some amount has to be the same.
    """
    if differ_in_marks(one.name, other.name):
        return False
    amounts = [
        {each[1].value for each in (p.budget, p.spent) if each is not None} for p in (one, other)
    ]
    return not all(amounts) or bool(amounts[0] & amounts[1])


def _amounts(one: Project, other: Project, pen: Pen) -> None:
    """Compare the money of a project in a sentence with that in a list."""
    if (one.place.passage.cell is None) == (other.place.passage.cell is None):
        return
    for left, right, what in ((one.budget, other.budget, "预算"), (one.spent, other.spent, "支出")):
        if left is None or right is None:
            continue
        figures = [left[1], right[1]]
        if same_amount(*figures):
            pen.consistent("R12", figures)
        elif isinstance(one.home, tuple) and isinstance(other.home, tuple):
            continue
        else:
            pen.find(
                "R12",
                Severity.QUESTION,
                f"“{one.name}”的{what}一处为{figures[0].text}，另一处为{figures[1].text}。",
                [place_of(*left), place_of(*right)],
                figures=figures,
            )


def _all_spent_elsewhere(one: Project, other: Project, pen: Pen) -> None:
    """One list says that all was spent, the other shows less."""
    if one.spent is not None or other.spent is None:
        return
    budget = one.budget or other.budget
    spent = other.spent[1]
    if budget is None or spent.value >= budget[1].value:
        return
    slack = half_step(budget[1]) + half_step(spent)
    if budget[1].dimension == spent.dimension and budget[1].base - spent.base <= slack:
        return
    for state in list(one.states):
        if words().all_spent.search(state.passage.text):
            one.states.remove(state)
            _not_all(one.name, state, budget, other.spent, pen)


def _states(pairs: list[tuple[Project, Project]], pen: Pen) -> None:
    """Find projects that are done in one place and not in another, each once."""
    undone: dict[str, dict[Place, None]] = {}
    done: dict[str, dict[Place, None]] = {}
    for pair in pairs:
        name = min(pair, key=lambda project: len(project.name)).name
        for project, twin in (pair, pair[::-1]):
            not_yet = [state for state in project.states if _is_undone(state)]
            finished = [state for state in twin.states if _is_done(state)]
            if not_yet and finished:
                undone.setdefault(name, {}).update(dict.fromkeys(not_yet))
                done.setdefault(name, {}).update(dict.fromkeys(finished))
    for name, places in undone.items():
        one, other = next(iter(places)), next(iter(done[name]))
        pen.find(
            "R12",
            Severity.QUESTION,
            f"“{name}”一处写“{one.exact[:20]}”，另一处写“{other.exact[:20]}”。",
            [one, other, *list(places)[1:], *list(done[name])[1:]],
        )


def _is_undone(state: Place) -> bool:
    return bool(words().not_done.search(state.exact) or words().not_begun.search(state.exact))


def _is_done(state: Place) -> bool:
    text = state.passage.text
    if words().no_reason.search(text):
        return True
    return bool(words().done.search(text)) and not words().not_done.search(text)


def _source(view: View, one: Project, other: Project, pen: Pen) -> None:
    """One list counts the money as the department's own, the other as from above."""
    if one.is_upper is None or other.is_upper is None or one.is_upper == other.is_upper:
        return
    upper, own = (one, other) if one.is_upper else (other, one)
    rows = _level_rows(view, upper)
    pen.find(
        "R12",
        Severity.QUESTION,
        f"“{upper.name}”的资金一处列为上级，一处列为本级。",
        [upper.level or upper.place, own.level or own.place, *rows],
    )


def _level_rows(view: View, project: Project) -> list[Place]:
    """Return the cells of rows of the department's own money that hold the project's amount."""
    if project.budget is None:
        return []
    return [
        place_of(value.passage, value.figure)
        for grid in view.grids
        for value in grid.values.values()
        if value.figure.value == project.budget[1].value
        and len(grid.label(value.row)) < _SHORT
        and words().own.search(grid.label(value.row))
    ][:_FEW]
