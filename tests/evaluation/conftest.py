"""Copies of the sample evaluation, to be broken."""

import hashlib
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples" / "qiannan-2023"
FRAMEWORK = ROOT / "src" / "steelyard" / "framework" / "catalogue" / "qiannan-2023"


def prints(folder: Path) -> dict[str, str]:
    """Fingerprints of every file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Copy:
    """A copy of the sample, and what was done to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(SAMPLE, folder)

    def path(self, name: str) -> Path:
        return self.folder / name

    def change(self, name: str, old: str, new: str) -> None:
        path = self.path(name)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{name} has no {old}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def add(self, name: str, line: str) -> None:
        path = self.path(name)
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    def own_framework(self) -> None:
        """Give the copy a framework of its own, to be broken, too."""
        shutil.copytree(FRAMEWORK, self.folder / "framework")
        self.change("evaluation.toml", '"qiannan-2023@1"', '"./framework"')


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "evaluation")
