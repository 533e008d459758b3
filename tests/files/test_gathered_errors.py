"""Mistakes of one input are gathered, each with its place, and raised together."""

import pytest

from steelyard.errors import Gathered, Problems, SteelyardError


class TestAnError:
    def test_says_where_what_and_how_to_mend(self) -> None:
        error = SteelyardError(what="数值不是数。", where="第3行", mend="请改。").at("facts.csv")
        assert str(error) == "facts.csv › 第3行：数值不是数。请改。"
        assert error.as_record() == {
            "code": "steelyard.error",
            "what": "数值不是数。",
            "where": "facts.csv › 第3行",
            "mend": "请改。",
        }

    def test_may_stand_nowhere(self) -> None:
        assert str(SteelyardError(what="甲。")) == "甲。"
        assert SteelyardError(what="甲。").at("乙").where == "乙"


class TestProblems:
    def test_are_gathered_and_raised_together(self) -> None:
        problems = Problems()
        for line in (2, 3):
            with problems.catch(f"第{line}行"):
                raise SteelyardError(what=f"错{line}。")
        with pytest.raises(Gathered) as caught:
            problems.settle()
        assert [error.where for error in caught.value.errors] == ["第2行", "第3行"]
        assert str(caught.value) == "第2行：错2。\n第3行：错3。"
        assert caught.value.what == "共有2处需要改正。"

    def test_open_what_was_gathered_before(self) -> None:
        inner = Gathered([SteelyardError(what="甲。"), SteelyardError(what="乙。", where="第1行")])
        problems = Problems()
        with problems.catch("facts.csv"):
            raise inner
        assert [error.where for error in problems.errors] == ["facts.csv", "facts.csv › 第1行"]
        assert Gathered([inner, SteelyardError(what="丙。")]).what == "共有3处需要改正。"

    def test_that_are_none_raise_nothing(self) -> None:
        problems = Problems()
        with problems.catch():
            pass
        problems.settle()

    def test_let_every_other_exception_pass(self) -> None:
        with pytest.raises(ZeroDivisionError), Problems().catch("facts.csv"):
            raise ZeroDivisionError
