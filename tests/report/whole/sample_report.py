"""The sample's report, composed once, and copies of its folder to be changed."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.report.compose.composer import Composed, compose
from steelyard.report.compose.load_outline import find_outline
from steelyard.report.compose.material import load_material

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "examples" / "qiannan-2023"


def composed(folder: Path, *, as_published: bool = False) -> tuple[Outcome, Composed]:
    """Weigh a folder and compose its report."""
    outcome = evaluate(load_evaluation(folder))
    material = load_material(folder)
    outline = find_outline(material.outline, outcome.card.framework.kind, folder)
    return outcome, compose(outcome, material, outline, as_published=as_published)


@lru_cache(maxsize=1)
def sample() -> tuple[Outcome, Composed]:
    """The sample's report, as it is."""
    return composed(SAMPLE)


class Copy:
    """A copy of the sample, and what was done to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(SAMPLE, folder)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def drop_line(self, name: str, start: str) -> None:
        path = self.folder / name
        lines = path.read_text(encoding="utf-8").split("\n")
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) == len(lines) - 1, f"{name} has no one line {start}"
        path.write_text("\n".join(kept), encoding="utf-8")
