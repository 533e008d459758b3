"""Equations as sentences print them, computed again from the printed figures alone."""

import math
import re
from fractions import Fraction

WORD = re.compile(r"\d+(?:\.\d+)?|[-+×÷%（），]|绝对值|四舍五入|位小数")
SCORE = re.compile(r"得分=(?P<left>[^=；，。]+)=(?P<right>\d+(?:\.\d+)?)分")
COST = re.compile(r"扣(?P<left>[\d.]+×[\d.]+)=(?P<right>[\d.]+)分")
RATE = re.compile(r"；[^；=]+率=(?P<left>[^=；。]+)=(?P<right>-?[\d.]+%?)；")


def half_up(value: Fraction, places: int) -> Fraction:
    size = Fraction(math.floor(abs(value) * 10**places + Fraction(1, 2)), 10**places)
    return size if value >= 0 else -size


def decimals(figure: str) -> int:
    return len(figure.rstrip("%").partition(".")[2])


class Reader:
    """Sums of products of signed atoms: what a pocket calculator would do."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = WORD.findall(text)
        assert "".join(self.words) == text, f"unreadable: {text}"
        self.at = 0

    def take(self, *words: str) -> str:
        if self.at < len(self.words) and self.words[self.at] in words:
            self.at += 1
            return self.words[self.at - 1]
        return ""

    def total(self) -> Fraction:
        value = self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self) -> Fraction:
        value = self.signed()
        while sign := self.take("×", "÷"):
            other = self.signed()
            value = value * other if sign == "×" else value / other
        return value

    def signed(self) -> Fraction:
        if self.take("-"):
            return -self.signed()
        value = self.atom()
        return value / 100 if self.take("%") else value

    def atom(self) -> Fraction:
        if self.take("绝对值"):
            return abs(self.atom())
        if self.take("四舍五入"):
            assert self.take("（")
            value = self.total()
            assert self.take("，")
            places = int(self.atom())
            assert self.take("位小数")
            assert self.take("）")
            return half_up(value, places)
        if self.take("（"):
            value = self.total()
            assert self.take("）")
            return value
        self.at += 1
        return Fraction(self.words[self.at - 1])


def computed(text: str) -> Fraction:
    reader = Reader(text)
    value = reader.total()
    assert reader.at == len(reader.words), f"left over: {reader.words[reader.at :]}"
    return value


def disagreements(because: str, places: int = 2) -> list[str]:
    """Return every printed equation whose printed result does not follow from it."""
    scores = [
        each[0]
        for each in SCORE.finditer(because)
        if half_up(computed(each["left"]), places) != Fraction(each["right"])
    ]
    costs = [
        each[0]
        for each in COST.finditer(because)
        if half_up(computed(each["left"]), 4) != half_up(Fraction(each["right"]), 4)
    ]
    rates = [each[0] for each in RATE.finditer(because) if not follows(each["left"], each["right"])]
    return scores + costs + rates


def follows(equation: str, rate: str) -> bool:
    places = decimals(rate) + (2 if rate.endswith("%") else 0)
    return half_up(computed(equation), places) == computed(rate)
