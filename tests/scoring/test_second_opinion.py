"""Every rule twice: as shipped, and by the second opinion beside this file."""

from collections.abc import Callable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.second_opinion import (
    MEASURED,
    ONE,
    Rule,
    checklist,
    checklist_defects,
    checklist_share,
    completion,
    cover_all,
    defects,
    number,
    pass_fail,
    per_task,
    printed,
    rate_read,
)

from steelyard.scoring.award import Award

Scored = Callable[..., Award]

MARKS = "①②③④⑤⑥⑦⑧"

# ------------------------------------------------------------ what is tried

hundredths = st.integers(1, 2000).map(lambda n: Fraction(n, 100))
full_points = st.sampled_from([Fraction(n) for n in ("1", "2", "3", "4", "5", "10", "1.5", "0.75")])
loose = st.fractions(min_value=-3, max_value=6, max_denominator=997)


def percent(value: int) -> str:
    return f"{value}%"


def measures(full: Fraction, *edges: Fraction) -> st.SearchStrategy[Fraction]:
    """Any measure; edges and hairs beside them; shares whose points end in half a cent."""
    hair = Fraction(1, 10**9)
    close = [edge + side * hair for edge in (*edges, Fraction(0), ONE) for side in (-1, 0, 1)]
    half_cents = st.integers(-3, int(full * 100) + 3).map(lambda n: Fraction(2 * n + 1, 200) / full)
    # Half a hundredth of a percent, where a rate kept at two decimals is undecided.
    half_rates = st.integers(-300, 30000).map(lambda n: Fraction(2 * n + 1, 20000))
    return st.one_of(st.sampled_from(close), loose, half_cents, half_rates)


def one_of(*readings: str) -> st.SearchStrategy[str]:
    return st.sampled_from(readings)


rates = one_of("exact", "2", "0")


@st.composite
def plain_rules(draw: st.DrawFn) -> tuple[Rule, Fraction, Fraction, dict[str, str]]:
    full = draw(full_points)
    use = draw(one_of("completion", "completion-reverse", "completion-growth", "deduct-share"))
    rule: Rule = {"use": use}
    reading = {"rate": draw(rates)}
    edges: list[Fraction] = []
    match use:
        case "completion-reverse":
            reading["reverse"] = draw(one_of("reciprocal", "two-minus"))
            edges = [Fraction(2)]
        case "completion-growth":
            rule["target"] = percent(draw(st.integers(1, 150)))
            reading["growth"] = draw(one_of("ratio", "index"))
            edges = [number(rule["target"])]
        case "deduct-share":
            reading["negative"] = draw(one_of("absolute", "none"))
            edges = [-ONE]
    return rule, full, draw(measures(full, *edges)), reading


@st.composite
def step_rules(draw: st.DrawFn) -> tuple[Rule, Fraction, Fraction, dict[str, str]]:
    full = draw(full_points)
    base, each = draw(st.integers(0, 120)), draw(st.sampled_from([1, 2, 5, 10]))
    rule: Rule = {
        "use": "steps", "base": percent(base), "each": percent(each),
        "side": draw(one_of("above", "below")), "lose": draw(hundredths),
    }  # fmt: skip
    reading = {"rate": draw(rates), "partial": draw(one_of("whole", "started", "pro-rata"))}
    if draw(st.booleans()):
        rule["open_side"] = True
        reading["other_side"] = draw(one_of("full", "mirror", "zero"))
    if draw(st.booleans()):
        rule["full"] = draw(full_points)
        if rule["full"] != full:
            reading["promise"] = draw(one_of("cap", "scale"))
    edges = [Fraction(base + side * n * each, 100) for n in (0, 1, 2, 7) for side in (-1, 1)]
    return rule, full, draw(measures(full, *edges)), reading


@st.composite
def band_rules(draw: st.DrawFn) -> tuple[Rule, Fraction, Fraction, dict[str, str]]:
    full = draw(full_points)
    by_share = draw(st.booleans())
    edges = draw(st.lists(st.integers(0, 130), min_size=1, max_size=6))
    written: list[Rule] = []
    for edge in edges:
        band: Rule = {}
        shape = draw(st.sampled_from(["at", "from", "above", "to", "below", "both"]))
        if shape == "both":
            band[draw(one_of("from", "above"))] = percent(edge)
            band[draw(one_of("to", "below"))] = percent(edge + draw(st.integers(1, 30)))
        else:
            band[shape] = percent(edge)
        share = draw(st.integers(0, 100))
        band["share" if by_share else "points"] = percent(share) if by_share else full * share / 100
        written.append(band)
    use = "satisfaction" if by_share else "bands"
    reading = {"rate": draw(rates)}
    if not cover_all(written):
        reading["uncovered"] = draw(one_of("top", "zero"))
    marks = [Fraction(edge, 100) for edge in edges]
    return {"use": use, "bands": written}, full, draw(measures(full, *marks)), reading


points_judged = st.lists(
    st.tuples(st.sampled_from(["0.2", "0.5", "0.6", "1", "1.5", "2"]), st.booleans()),
    min_size=1,
    max_size=8,
)
shares_judged = st.lists(
    st.tuples(st.sampled_from(["10%", "20%", "30%", "50%"]), st.integers(0, 6)),
    min_size=1,
    max_size=8,
)

thorough = settings(max_examples=150, deadline=None)
often = settings(max_examples=700, deadline=None)


class TestTheSecondOpinion:
    @often
    @given(case=st.one_of(plain_rules(), step_rules(), step_rules(), band_rules(), band_rules()))
    def test_agrees_on_rules_over_a_rate(
        self, award: Scored, case: tuple[Rule, Fraction, Fraction, dict[str, str]]
    ) -> None:
        rule, full, x, reading = case
        exact = MEASURED[rule["use"]](rule, full, rate_read(x, reading["rate"]), reading)
        found = award(rule, full, "率", {"率": x}, readings=reading)
        assert (found.exact, found.earned) == (exact, printed(exact))

    @thorough
    @given(
        full=full_points,
        sign=st.sampled_from(["≤", "<", "≥", ">", "=", "≠"]),
        bound=st.integers(0, 150),
        offset=st.sampled_from([Fraction(0), Fraction(1, 10**9), Fraction(-1, 10**9), ONE]),
    )
    def test_agrees_on_passing_and_failing(
        self, award: Scored, full: Fraction, sign: str, bound: int, offset: Fraction
    ) -> None:
        rule, x = {"use": "pass-fail", "when": f"x {sign} {bound}%"}, Fraction(bound, 100) + offset
        assert award(rule, full, "率", {"率": x}).exact == pass_fail(rule, full, x, {})

    @thorough
    @given(full=full_points, lose=hundredths, count=st.integers(0, 12))
    def test_agrees_on_tasks(
        self, award: Scored, full: Fraction, lose: Fraction, count: int
    ) -> None:
        rule = {"use": "per-task", "lose": lose, "noun": "任务未完成"}
        rows = (*[("任务", "未完成")] * count, ("任务", "已完成"))
        found = award(rule, full, "count(项目, 状态 = “未完成”)", rows=rows)
        exact = per_task(rule, full, Fraction(count), {})
        assert (found.exact, found.earned) == (exact, printed(exact))

    @thorough
    @given(
        full=full_points,
        judged=points_judged,
        fit=one_of("scale", "cap"),
        vetoed=st.sampled_from([None, False, True]),
    )
    def test_agrees_on_checklists_and_vetoes(
        self,
        award: Scored,
        full: Fraction,
        judged: list[tuple[str, bool]],
        fit: str,
        vetoed: bool | None,
    ) -> None:
        inner: Rule = {
            "use": "checklist",
            "points": [{"text": "要点", "points": number(worth)} for worth, _ in judged],
        }
        met = [good for _, good in judged]
        judgements: dict[str, object] = dict(zip(MARKS, met, strict=False))
        fits = sum((number(worth) for worth, _ in judged), Fraction(0)) == full
        reading = {} if fits else {"fit": fit}
        exact = checklist(inner, full, met, {"fit": fit})
        rule = inner
        if vetoed is not None:
            rule = {"use": "veto", "text": "发生重大问题", "then": inner}
            judgements["否决"] = vetoed
            exact = Fraction(0) if vetoed else exact
        found = award(rule, full, judgements=judgements, readings=reading)
        assert (found.exact, found.earned) == (exact, printed(exact))

    @thorough
    @given(
        full=full_points,
        judged=shares_judged,
        lose=st.sampled_from(["5%", "20%", "40%", "100%"]),
        base=one_of("leaf", "point"),
    )
    def test_agrees_on_shares_and_their_defects(
        self,
        award: Scored,
        full: Fraction,
        judged: list[tuple[str, int]],
        lose: str,
        base: str,
    ) -> None:
        points = [{"text": "要点", "share": share} for share, _ in judged]
        counts = [count for _, count in judged]
        rule: Rule = {"use": "checklist-defects", "points": points, "lose": lose}
        found = award(rule, full, judgements=dict(zip(MARKS, counts, strict=False)),
                      readings={"base": base})  # fmt: skip
        assert found.exact == checklist_defects(rule, full, counts, {"base": base})
        rule, met = {"use": "checklist-share", "points": points}, [count == 0 for count in counts]
        found = award(rule, full, judgements=dict(zip(MARKS, met, strict=False)))
        assert found.exact == checklist_share(rule, full, met, {})

    @thorough
    @given(
        full=full_points,
        lose=st.sampled_from(["5%", "30%", Fraction(1, 2), Fraction(1, 3)]),
        missing=st.lists(st.booleans(), min_size=1, max_size=8),
    )
    def test_agrees_on_defects_counted_or_listed(
        self, award: Scored, full: Fraction, lose: str | Fraction, missing: list[bool]
    ) -> None:
        rule: Rule = {"use": "defects", "lose": lose, "items": ["制度"] * len(missing)}
        there = dict(zip(MARKS, [not each for each in missing], strict=False))
        exact = defects(rule, full, sum(missing))
        assert award(rule, full, judgements=there).exact == exact
        rule = {"use": "defects", "lose": lose, "count": "不符合的项数"}
        assert award(rule, full, judgements={"①": sum(missing)}).exact == exact

    @thorough
    @given(
        parts=st.lists(st.tuples(hundredths, st.integers(0, 9)), min_size=1, max_size=5),
        amount=st.integers(0, 9),
    )
    def test_agrees_on_parts_that_hold_or_not(
        self, award: Scored, parts: list[tuple[Fraction, int]], amount: int
    ) -> None:
        written = [
            {"text": "部分", "points": points, "when": f"甲 ≥ {least}万元"}
            for points, least in parts
        ]
        full = sum((points for points, _ in parts), Fraction(0))
        exact = sum((points for points, least in parts if amount >= least), Fraction(0))
        found = award({"use": "split", "parts": written}, full, facts={"甲": str(amount)})
        assert (found.exact, found.earned) == (exact, printed(exact))

    @thorough
    @given(
        top=st.integers(-20, 60),
        bottom=st.integers(-3, 40),
        guard=one_of("error", "full", "zero"),
        rate=rates,
    )
    def test_agrees_on_quotients_and_their_zero_denominators(
        self, award: Scored, top: int, bottom: int, guard: str, rate: str
    ) -> None:
        found = award(
            {"use": "completion"}, 3, "甲 / 乙", {"甲": f"{top}", "乙": f"{bottom}"},
            readings={"zero_base": guard, "rate": rate},
        )  # fmt: skip
        if bottom:
            x = rate_read(Fraction(top, bottom), rate)
            assert found.exact == completion({}, Fraction(3), x, {})
        else:
            assert found.exact == {"error": None, "full": 3, "zero": 0}[guard]
