"""The sample with random damage: an outcome or a told mistake, and never a traceback."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.evaluation.conftest import FRAMEWORK, SAMPLE, prints

from steelyard.errors import Gathered, SteelyardError
from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation

SEED = 2023
ROUNDS, PER_ROUND = 4, 25
CELLS = (
    "", "—", "0", "-1", "1e9", "NaN", "是", "否", "已完成", "合计", "9" * 32, "0.005", "“", ",",
    "①", "否决", "100%", "万元", "\u3000", "\ufeff", "a" * 5000, "=1+1", "./",
)  # fmt: skip
LINES = ("[[leaf]]", "x = ", "= 1", "[reading]", 'measure = "x"', "points = -1", "points = 1e400",
         "year = nan", 'use = "veto"', "also = [1]", "each = 5", "a" * 3000)  # fmt: skip


def cut(text: str, rng: random.Random) -> str:
    start = rng.randrange(len(text) + 1)
    return text[:start] + text[start + rng.randrange(1, 40) :]


def without_a_line(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def line_twice(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    number = rng.randrange(len(lines))
    return "\n".join([*lines[: number + 1], *lines[number:]])


def other_line(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    lines[rng.randrange(len(lines))] = rng.choice(LINES)
    return "\n".join(lines)


def other_cell(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    number = rng.randrange(len(lines))
    cells = lines[number].split(",")
    cells[rng.randrange(len(cells))] = rng.choice(CELLS)
    lines[number] = ",".join(cells)
    return "\n".join(lines)


def other_number(text: str, rng: random.Random) -> str:
    places = [at for at, character in enumerate(text) if character.isdigit()]
    at = rng.choice(places) if places else 0
    return text[:at] + rng.choice("0159.-%") + text[at + 1 :]


def other_character(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice("\"',[]{}=#\\\t\r，（）≤") + text[at + 1 :]


DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    cut, without_a_line, line_twice, other_line, other_cell, other_cell, other_cell, other_number,
    other_number, other_character,
)  # fmt: skip


def told(folder: Path) -> Outcome | list[SteelyardError]:
    try:
        return evaluate(load_evaluation(folder))
    except Gathered as gathered:
        return list(gathered.errors)
    except SteelyardError as error:
        return [error]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_damage_is_scored_or_told(tmp_path: Path, number: int) -> None:
    rng = random.Random(SEED * 1000 + number)
    folder = tmp_path / "evaluation"
    shutil.copytree(SAMPLE, folder)
    shutil.copytree(FRAMEWORK, folder / "framework")
    reference = folder / "evaluation.toml"
    text = reference.read_text(encoding="utf-8").replace("qiannan-2023@1", "./framework")
    reference.write_text(text, encoding="utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for _ in range(PER_ROUND):
        path = rng.choice(files)
        whole = path.read_bytes()
        damage = rng.choice(DAMAGES)
        damaged = whole.decode("utf-8")
        for _ in range(rng.choice((1, 1, 1, 3))):
            damaged = damage(damaged, rng)
        path.write_bytes(damaged.encode("utf-8"))
        before = prints(folder)
        found = told(folder)
        assert prints(folder) == before
        if isinstance(found, Outcome):
            for award in found.card.awards:
                assert award.earned is None or 0 <= award.earned <= award.points
                assert award.because
                assert award.wording
        else:
            assert found
            for error in found:
                assert error.what, (path.name, damage.__name__)
                assert error.where, (path.name, damage.__name__, str(error))
        path.write_bytes(whole)
