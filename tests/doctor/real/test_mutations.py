"""One digit of one number changed: the share that is noticed has a floor.

The floors only rise. ``scripts/mutation.py`` makes more changes and lists what
was not noticed.
"""

from __future__ import annotations

from pathlib import Path

from tests.doctor.mutation import tally

from steelyard.doctor.case import read_case
from steelyard.doctor.examine import examine
from steelyard.intake.reading.read_file import read_file

SAMPLE = Path(__file__).parents[3] / "examples" / "qiannan-2023"
TIMES = 12


def test_of_a_report_alone_most_changes_are_noticed(case_dir: Path) -> None:
    result = tally(read_file(case_dir / "report.docx"), TIMES, seed=3)
    assert result.noticed.total() >= 8, [change.printed for change in result.missed]


def test_beside_the_data_nearly_all_are(case_dir: Path) -> None:
    data = read_case(SAMPLE)
    result = tally(
        read_file(case_dir / "report.docx"),
        TIMES,
        seed=3,
        run=lambda documents: examine(documents, case=data),
    )
    assert result.noticed.total() >= 11, [change.printed for change in result.missed]
