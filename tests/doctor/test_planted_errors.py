"""Errors planted in reports that nobody looked at while the checks were written.

A small sample; ``scripts/planted.py`` plants errors of every kind in ten reports.
"""

from __future__ import annotations

from itertools import islice

import pytest
from tests.doctor.planted import Trial, made_report, plantings, trial

SEEDS = (3, 9, 10)
"""Of the reports, in three styles; amounts in 元 and 万元."""

PLANTED = 9
"""Errors in each report, every third kind from another start."""

SHARE = 0.75
"""Of the planted errors that are found at least."""


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    folder = tmp_path_factory.mktemp("planted")
    done = []
    for start, seed in enumerate(SEEDS):
        document = made_report(folder, seed)
        every_third = islice(plantings(document, seed), start, None, len(SEEDS))
        told = (each for each in every_third if each.denied)
        done.append(trial(document, list(islice(told, PLANTED))))
    return done


class TestAReportWithoutErrors:
    def test_gives_no_error(self, trials: list[Trial]) -> None:
        assert [finding.message for each in trials for finding in each.false_errors] == []


class TestAPlantedError:
    def test_is_found_where_it_stands(self, trials: list[Trial]) -> None:
        outcomes = [outcome for each in trials for outcome in each.outcomes]
        missed = [each.planted for each in outcomes if not each.found_by]
        assert len(outcomes) == PLANTED * len(SEEDS)
        assert len(missed) <= (1 - SHARE) * len(outcomes), [(m.kind, m.was, m.now) for m in missed]
