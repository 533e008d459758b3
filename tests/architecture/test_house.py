"""The order of the house, where the import contract cannot see it.

Each rule is a function from source to complaints. It is first shown what it must
refuse, then the whole house.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "steelyard"

CEILING = 400
HOMELESS = {"utils", "helpers", "common", "misc", "base"}

EXACT = (
    "measure", "formula", "law", "provenance", "framework", "facts", "sampling", "scoring",
    "checks", "findings", "evaluation",
)  # fmt: skip
CORE = ("errors", *EXACT)

# Written in pieces, so that this page does not refuse itself.
MACHINE_PATHS = re.compile("|".join(("/" + "work/", "/" + "root/")))
ADDRESS = re.compile(r"://|\s@\s|^\s*-(?!-hash=)|\.(?:org|com|net|io|cn)\b", re.MULTILINE)


def paths_in_repository() -> list[Path]:
    """Every file that is, or would be, committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def modules(*packages: str) -> list[Path]:
    """The modules of some packages of the house, or of all of it."""
    if not packages:
        return sorted(HOUSE.rglob("*.py"))
    folders = [path for package in packages for path in (HOUSE / package).rglob("*.py")]
    files = [HOUSE / f"{package}.py" for package in packages]
    return sorted(folders + [file for file in files if file.is_file()])


def complaints(paths: list[Path], rule: Callable[[str], Iterator[str]]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {complaint}"
        for path in paths
        for complaint in rule(path.read_text(encoding="utf-8"))
    ]


# ---------------------------------------------------------------------- rules


def too_long(source: str) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > CEILING:
        yield f"{lines} lines, more than {CEILING}: split it by noun"


def more_than_a_docstring(source: str) -> Iterator[str]:
    for statement in ast.parse(source).body:
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield f"line {statement.lineno}: code in __init__.py"


def no_docstring_with_chinese_name(source: str) -> Iterator[str]:
    docstring = ast.get_docstring(ast.parse(source)) or ""
    if not re.search(r"[\u4e00-\u9fff]", docstring):
        yield "its docstring must say what it holds and refuses, with the Chinese name"


def floats(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"line {node.lineno}: the float {node.value}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "float":
            yield f"line {node.lineno}: a call of float()"


def inexact_toml(source: str) -> Iterator[str]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for call in calls:
        reads = ast.unparse(call.func) in {"tomllib.load", "tomllib.loads"}
        if reads and "parse_float" not in {keyword.arg for keyword in call.keywords}:
            yield f"line {call.lineno}: TOML read without parse_float"


def foreign_imports(source: str) -> Iterator[str]:
    at_home = {"steelyard", *sys.stdlib_module_names}
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        for name in names:
            if name.partition(".")[0] not in at_home:
                yield f"imports {name}"


def addresses(requirements: str) -> Iterator[str]:
    for found in ADDRESS.finditer(requirements):
        line = requirements.count("\n", 0, found.start()) + 1
        yield f"line {line}: says where a package comes from"


# ---------------------------------------------------------------------- house


class TestAModule:
    def test_over_the_ceiling_is_noticed(self) -> None:
        assert list(too_long("x = 1\n" * 401))
        assert not list(too_long("x = 1\n" * 400))

    def test_has_at_most_400_lines(self) -> None:
        python = [path for path in paths_in_repository() if path.suffix == ".py"]
        ours = [path for path in python if "migrations" not in path.parts]
        assert complaints(ours, too_long) == []

    def test_is_named_for_what_it_holds(self) -> None:
        homeless = [path for path in HOUSE.rglob("*") if path.stem in HOMELESS]
        assert [str(path.relative_to(ROOT)) for path in homeless] == []


class TestAPackage:
    @pytest.mark.parametrize(
        "source",
        [
            '"""Units (计量)."""\nfrom steelyard.measure.units import Unit',
            '"""Units (计量)."""\n__all__ = ["Unit"]',
        ],
    )
    def test_with_code_in_its_init_is_noticed(self, source: str) -> None:
        assert list(more_than_a_docstring(source))

    def test_has_only_a_docstring_in_its_init(self) -> None:
        inits = sorted(HOUSE.rglob("__init__.py"))
        assert complaints(inits, more_than_a_docstring) == []

    def test_without_a_chinese_name_is_noticed(self) -> None:
        assert list(no_docstring_with_chinese_name(""))
        assert list(no_docstring_with_chinese_name('"""Quantities."""'))
        assert not list(no_docstring_with_chinese_name('"""Quantities (计量)."""'))

    def test_says_what_it_holds(self) -> None:
        inits = [path for path in HOUSE.rglob("__init__.py") if "migrations" not in path.parts]
        assert complaints(sorted(inits), no_docstring_with_chinese_name) == []

    def test_has_an_init(self) -> None:
        folders = {path.parent for path in modules()}
        bare = [folder for folder in folders if not (folder / "__init__.py").is_file()]
        assert [str(folder.relative_to(ROOT)) for folder in bare] == []


class TestFromMeasureToEvaluation:
    @pytest.mark.parametrize("source", ["x = 0.1", "x = 1e3", "x = 2j", "x = float('1')"])
    def test_a_float_is_noticed(self, source: str) -> None:
        assert list(floats(source))

    @pytest.mark.parametrize("source", ["x = Fraction('0.1')", "isinstance(x, float)", "x = 1"])
    def test_exact_numbers_and_the_refusal_of_floats_are_not(self, source: str) -> None:
        assert not list(floats(source))

    def test_no_float_is_made(self) -> None:
        assert complaints(modules(*EXACT), floats) == []

    def test_toml_read_as_floats_is_noticed(self) -> None:
        assert list(inexact_toml("tomllib.loads(text)"))
        assert not list(inexact_toml("tomllib.loads(text, parse_float=Fraction)"))

    def test_toml_is_read_exactly(self) -> None:
        assert complaints(modules(*EXACT), inexact_toml) == []


class TestTheCore:
    @pytest.mark.parametrize(
        "source",
        [
            "import click",
            "from xlsxwriter.workbook import Workbook",
            "def later():\n    import jinja2",
            "if TYPE_CHECKING:\n    import numpy as np",
        ],
    )
    def test_importing_a_library_is_noticed(self, source: str) -> None:
        assert list(foreign_imports(source))

    def test_needs_the_standard_library_alone(self) -> None:
        assert complaints(modules(*CORE), foreign_imports) == []


class TestTheRepository:
    @pytest.mark.parametrize(
        "line",
        [
            "--index-url mirror",
            "-f wheels",
            "click @ file:///wheels/click.whl",
            "# from packages.example.org",
        ],
    )
    def test_a_requirement_with_an_address_is_noticed(self, line: str) -> None:
        assert list(addresses(f"click==8.5.1 \\\n    --hash=sha256:0a1b\n{line}\n"))

    def test_a_hashed_requirement_is_none(self) -> None:
        assert not list(addresses("click==8.5.1 \\\n    --hash=sha256:0a1b\n"))

    def test_has_requirements_that_name_no_host(self) -> None:
        locks = sorted((ROOT / "requirements").glob("*.txt"))
        assert [lock.name for lock in locks] == ["app.txt", "dev.txt"]
        assert complaints(locks, addresses) == []

    def test_names_no_path_of_a_machine(self) -> None:
        named = []
        for path in paths_in_repository():
            content = path.read_bytes()
            if b"\0" not in content and MACHINE_PATHS.search(content.decode("utf-8", "replace")):
                named.append(str(path.relative_to(ROOT)))
        assert named == []
