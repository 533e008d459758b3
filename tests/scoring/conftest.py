"""A bench for one leaf at a time, and for small rubrics."""

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest

from steelyard.errors import SteelyardError
from steelyard.facts.dictionary import Column, Dictionary, Item, Kind, TableSpec
from steelyard.facts.ledger import Fact, Ledger, Table, TableRow
from steelyard.formula.parse import parse
from steelyard.framework.indicator import Choice, Framework, Grade, Leaf
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.number import read_number
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import PERCENT, PLAIN, Unit, unit_named
from steelyard.scoring.award import Award
from steelyard.scoring.compile import compile_framework
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.rules.rule import Judgement
from steelyard.scoring.score import Scorecard, score

YUAN = unit_named("万元")
UNITS: dict[str, Unit] = {
    "甲": YUAN, "乙": YUAN, "丙": YUAN, "率": PERCENT, "目标率": PERCENT, "数": PLAIN,
}  # fmt: skip
DICTIONARY = Dictionary(
    items={
        **{name: Item(name=name, unit=unit) for name, unit in UNITS.items()},
        "净数": Item(name="净数", unit=YUAN, formula=parse("甲 - 丙")),
        "增长率": Item(name="增长率", unit=PERCENT, formula=parse("净数 / 乙")),
    },
    tables={
        "项目": TableSpec(
            name="项目",
            key="序号",
            columns=(
                Column(name="序号", kind=Kind.TEXT),
                Column(name="名称", kind=Kind.TEXT),
                Column(name="状态", kind=Kind.TEXT),
                Column(name="金额", unit=YUAN),
            ),
        )
    },
)
GRADES = (Grade("优", Fraction(90)), Grade("良", Fraction(80)), Grade("差", Fraction(0)))


def value_of(name: str, given: Fraction | str) -> Value:
    """A fraction is an amount in base units; a text is a cell as people write it."""
    unit = UNITS[name]
    if isinstance(given, Fraction):
        return Quantity(given, unit.dimension, unit)
    if given in ("", "—"):
        return NOT_APPLICABLE if given else MISSING
    number = read_number(given)
    return Quantity.of(number.value, unit, number.places)


def finding_of(given: object) -> Judgement:
    """符合, 不符合, 发生 are truths; a number counts defects; a pair adds the reason."""
    verdict, why = given if isinstance(given, tuple) else (given, "")
    if isinstance(verdict, int) and not isinstance(verdict, bool):
        return Judgement(Quantity.of(verdict, places=0), why)
    if verdict == "—":
        return Judgement(NOT_APPLICABLE, why)
    assert isinstance(verdict, bool)
    return Judgement(verdict, why)


def ledger_of(
    facts: Mapping[str, Fraction | str], rows: tuple[tuple[str, str], ...] | None
) -> Ledger:
    known = {
        name: Fact(name, value)
        for name, given in facts.items()
        if (value := value_of(name, given)) is not MISSING
    }
    tables: dict[str, Table] = {}
    if rows is not None:
        cells = [
            TableRow(f"{n}", {"序号": f"{n}", "名称": name, "状态": state, "金额": MISSING})
            for n, (name, state) in enumerate(rows, start=1)
        ]
        tables["项目"] = Table("项目", tuple(cells))
    return Ledger(DICTIONARY, known, tables)


def rubric_of(*leaves: Leaf, places: int = 2, total: str = "sum-of-rounded") -> Rubric:
    framework = Framework(
        id="sample", version="1", title="样例", grades=GRADES, groups=(), leaves=leaves,
        points=sum((leaf.points for leaf in leaves), Fraction(0)), places=places, total=total,
    )  # fmt: skip
    return compile_framework(framework, DICTIONARY)


def leaf_of(
    rule: Mapping[str, object],
    points: Fraction | int | str = 2,
    measure: str | Mapping[str, str] = "",
    readings: Mapping[str, str | Choice] | None = None,
    path: str = "过程/样例",
    **other: object,
) -> Leaf:
    chosen = {
        axis: each if isinstance(each, Choice) else Choice(each)
        for axis, each in (readings or {}).items()
    }
    measures = {"": measure} if isinstance(measure, str) else dict(measure)
    return Leaf(
        path=tuple(path.split("/")),
        points=Fraction(points),
        rule=rule,
        measures={} if measures == {"": ""} else measures,
        readings=chosen,
        measure_name="测算率",
        line=1,
        **other,  # type: ignore[arg-type]  # stated, terms, goal
    )


@pytest.fixture(scope="session")
def leaf() -> Callable[..., Leaf]:
    """Declares a leaf: rule, points, measure, readings."""
    return leaf_of


@pytest.fixture(scope="session")
def rubric() -> Callable[..., Rubric]:
    """Understands leaves: leaves, places, total."""
    return rubric_of


@pytest.fixture(scope="session")
def ledger() -> Callable[..., Ledger]:
    """Keeps facts and, perhaps, rows of the table 项目."""
    return lambda facts=None, rows=None: ledger_of(facts or {}, rows)


@pytest.fixture(scope="session")
def card() -> Callable[..., Scorecard]:
    """Scores several leaves: leaves, facts, judgements by leaf, rows."""

    def scored(
        *leaves: Leaf,
        facts: Mapping[str, Fraction | str] | None = None,
        judgements: Mapping[str, Mapping[str, object]] | None = None,
        places: int = 2,
        total: str = "sum-of-rounded",
    ) -> Scorecard:
        judged = {
            path: {key: finding_of(each) for key, each in points.items()}
            for path, points in (judgements or {}).items()
        }
        compiled = rubric_of(*leaves, places=places, total=total)
        return score(compiled, ledger_of(facts or {}, None), judged)

    return scored


@pytest.fixture(scope="session")
def award() -> Callable[..., Award]:
    """Scores one leaf: rule, points, measure, facts, judgements, readings, rows, places."""

    def scored(
        rule: Mapping[str, object],
        points: Fraction | int | str = 2,
        measure: str | Mapping[str, str] = "",
        facts: Mapping[str, Fraction | str] | None = None,
        *,
        judgements: Mapping[str, object] | None = None,
        readings: Mapping[str, str | Choice] | None = None,
        rows: tuple[tuple[str, str], ...] | None = None,
        places: int = 2,
    ) -> Award:
        leaf = leaf_of(rule, points, measure, readings)
        judged = {key: finding_of(each) for key, each in (judgements or {}).items()}
        card = score(
            rubric_of(leaf, places=places), ledger_of(facts or {}, rows), {leaf.text: judged}
        )
        return card.awards[0]

    return scored


@pytest.fixture(scope="session")
def complaint() -> Callable[..., str]:
    """What is said when a leaf cannot be understood."""

    def said(*leaves: Leaf) -> str:
        with pytest.raises(SteelyardError) as caught:
            rubric_of(*leaves)
        return str(caught.value)

    return said
