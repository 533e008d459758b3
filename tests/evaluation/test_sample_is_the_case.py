"""The sample evaluation holds the published figures, and nobody's name or sentences."""

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest
from tests.evaluation.case_keys import FROM, PROCESS, TABLES, UNITS

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples" / "qiannan-2023"
OURS = ("src", "examples", "docs")

HAN = re.compile(r"[\u4e00-\u9fff]")
COMPANY = re.compile(r"[\u4e00-\u9fff（）]{4,}?(?:有限|股份|责任)(?:责任)?公司")
LONG = 25


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(cell: str) -> str | Fraction:
    """A figure as its value, a printed day as written in ISO, a text as it is."""
    day = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", cell)
    if day is not None:
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    figure = cell.removeprefix("≥").removesuffix("%")
    return Fraction(figure) if re.fullmatch(r"\d+(?:\.\d+)?", figure) else cell


def written(folder: str) -> list[Path]:
    texts = {".py", ".toml", ".csv", ".md", ".html", ".css", ".js", ".txt"}
    return [path for path in (ROOT / folder).rglob("*") if path.suffix in texts]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def report(case_dir: Path) -> str:
    return squeezed((case_dir / "report.txt").read_text(encoding="utf-8"))


class TestTheFactsOfTheSample:
    def test_are_each_the_published_figure(self, case_dir: Path) -> None:
        published = {row["key"]: row for row in rows(case_dir / "facts.csv")}
        ours = rows(SAMPLE / "facts.csv")
        assert {row["数据项"] for row in ours} == set(FROM)
        for row in ours:
            source = published[FROM[row["数据项"]]]
            assert plain(row["数值"]) == plain(source["value"]), row["数据项"]
            if row["单位"] not in ("", source["unit"]):
                assert UNITS[source["unit"]] == row["单位"], row["数据项"]

    def test_each_say_where_they_stand(self) -> None:
        for row in rows(SAMPLE / "facts.csv"):
            assert row["来源"]
            assert row["位置"]


class TestTheTablesOfTheSample:
    @pytest.mark.parametrize("name", TABLES)
    def test_hold_the_published_rows(self, case_dir: Path, name: str) -> None:
        file, columns = TABLES[name]
        published = [row for row in rows(case_dir / file) if row.get("project_name") != "合计"]
        ours = rows(SAMPLE / "tables" / f"{name}.csv")
        assert len(ours) == len(published)
        for row, source in zip(ours, published, strict=True):
            cells = {header.partition("（")[0]: cell for header, cell in row.items()}
            for column, key in columns.items():
                assert plain(cells[column]) == plain(source[key]), (name, column, source)

    def test_are_all_there_are(self) -> None:
        assert {path.stem for path in (SAMPLE / "tables").iterdir()} == {*TABLES, *PROCESS}

    @pytest.mark.parametrize("name", PROCESS)
    def test_say_in_words_only_numbers_that_were_published(self, report: str, name: str) -> None:
        for row in rows(SAMPLE / "tables" / f"{name}.csv"):
            for header, cell in row.items():
                if header in ("编号", "序号", "来源位置"):
                    continue
                for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", cell):
                    assert number in report, (name, cell)


class TestTheProject:
    def test_names_no_person_agency_or_enterprise(self, case_dir: Path, report: str) -> None:
        facts = {row["key"]: row["value"] for row in rows(case_dir / "facts.csv")}
        sampled = "".join(row["sampled_sites"] for row in rows(case_dir / "sampled_projects.csv"))
        forbidden = {facts["report.evaluator"], facts["report.evaluator"][2:5]}
        forbidden |= set(COMPANY.findall(squeezed(sampled))) | set(COMPANY.findall(report))
        forbidden |= {name[-10:] for name in forbidden if name.endswith("公司")}
        assert len(forbidden) > 30
        for folder in OURS:
            for path in written(folder):
                text = squeezed(path.read_text(encoding="utf-8"))
                named = {name for name in forbidden if name in text}
                assert not named, f"{path.relative_to(ROOT)}: {named}"

    def test_names_no_contact_or_telephone(self) -> None:
        for path in written("examples"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|某某|联系人|经办人", text)

    def test_repeats_no_long_sentence_of_the_report(self, report: str) -> None:
        sentences = {
            sentence
            for sentence in re.split(r"[。！？；]", report)
            if len(HAN.findall(sentence)) >= LONG
        }
        assert len(sentences) > 500
        for folder in OURS:
            for path in written(folder):
                text = squeezed(path.read_text(encoding="utf-8"))
                copied = [sentence for sentence in sentences if sentence in text]
                assert not copied, f"{path.relative_to(ROOT)}: {copied[:3]}"
