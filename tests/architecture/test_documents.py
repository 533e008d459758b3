"""What users may meet stands in the documents: rules, commands, checks, error codes."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import steelyard
from steelyard.cli.main import cli
from steelyard.errors import SteelyardError
from steelyard.scoring.rules.registry import RULES

ROOT = Path(__file__).parents[2]
DOCUMENTS = "\n".join(
    path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
)


def errors(kind: type[SteelyardError] = SteelyardError) -> Iterator[type[SteelyardError]]:
    for each in kind.__subclasses__():
        yield each
        yield from errors(each)


class TestTheDocuments:
    def test_name_every_error_code(self) -> None:
        for module in pkgutil.walk_packages(steelyard.__path__, "steelyard."):
            importlib.import_module(module.name)
        ours = [each for each in errors() if each.__module__.startswith("steelyard.")]
        assert [each.code for each in ours if f"`{each.code}`" not in DOCUMENTS] == []

    def test_name_every_rule(self) -> None:
        assert [name for name in RULES if f"`{name}`" not in DOCUMENTS] == []

    def test_name_every_command(self) -> None:
        groups: list[tuple[str, click.Command]] = [("", cli)]
        names: list[str] = []
        while groups:
            prefix, command = groups.pop()
            if isinstance(command, click.Group):
                groups += [(f"{prefix} {n}".strip(), c) for n, c in command.commands.items()]
            else:
                names.append(prefix)
        assert [name for name in names if f"steelyard {name}" not in DOCUMENTS] == []

    def test_lead_only_to_files_that_are_there(self) -> None:
        broken = [
            f"{path.name}: {target}"
            for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
            for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
            if "://" not in target and not (path.parent / target).exists()
        ]
        assert broken == []


class TestTheExamplesOfTheReadme:
    def test_run(self, tmp_path: Path) -> None:
        shown: list[str] = []
        for name in ("README.md", "README.zh-CN.md"):
            text = (ROOT / name).read_text(encoding="utf-8")
            lines = re.findall(r"^\.venv/bin/steelyard (.+?)(?:\s+#.*)?$", text, flags=re.MULTILINE)
            assert len(lines) > 5
            shown += [" ".join(line.split()) for line in lines]
        for line in dict.fromkeys(shown):
            words = shlex.split(line.replace("build/mine", str(tmp_path / "mine")))
            command = [str(Path(sys.executable).with_name("steelyard")), *words]
            finished = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert finished.returncode in (0, 1), finished.stderr
            assert finished.stdout
