"""Plant errors of every rule in generated reports: were they found, and nothing else?

python scripts/planted.py [--reports N] [--each N] [--seed N] [--missed] [--false]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.doctor.planted import Outcome, Trial, made_report, plantings, trial  # noqa: E402


def main() -> None:
    """Print how many errors were found, by rule and by kind."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=10)
    options.add_argument("--first", type=int, default=1, help="seed of the first report")
    options.add_argument("--each", type=int, default=1, help="errors of one kind in one report")
    options.add_argument("--seed", type=int, default=1, help="chooses the places")
    options.add_argument("--missed", action="store_true", help="list what was not found")
    options.add_argument("--false", action="store_true", help="list errors that nobody planted")
    given = options.parse_args()
    start = time.process_time()
    trials = []
    for number in range(given.first, given.first + given.reports):
        trials.append(_tried(number, given.seed, given.each))
        _say(trials[-1])
    outcomes = [outcome for each in trials for outcome in each.outcomes]
    _table(outcomes, trials)
    print(f"{time.process_time() - start:.1f} s CPU")
    if given.missed:
        _list_missed(trials)
    if given.false:
        _list_false(trials)


def _tried(number: int, seed: int, each: int) -> Trial:
    with tempfile.TemporaryDirectory() as folder:
        document = made_report(Path(folder), number)
    return trial(document, list(plantings(document, seed, each)))


def _say(done: Trial) -> None:
    told = [each for each in done.outcomes if each.planted.denied]
    found = sum(bool(each.found_by) for each in told)
    print(
        f"{done.name}: {found} of {len(told)}, false errors: {len(done.false_errors)}", flush=True
    )


def _table(outcomes: list[Outcome], trials: list[Trial]) -> None:
    false = Counter(finding.rule for each in trials for finding in each.false_errors)
    print(
        f"{'rule':6}{'planted':>9}{'found':>7}{'not deniable':>14}{'false errors':>14}   found by"
    )
    for rule in sorted({*(each.planted.rule for each in outcomes), *false}):
        among = [each for each in outcomes if each.planted.rule == rule]
        _row(rule, among, false[rule])
        for kind in dict.fromkeys(each.planted.kind for each in among):
            _row(f"  {kind}", [each for each in among if each.planted.kind == kind], None)
    _row("all", outcomes, false.total())
    told = [each for each in outcomes if each.planted.denied]
    print(f"found: {sum(bool(each.found_by) for each in told) / (len(told) or 1):.1%}")


def _row(name: str, outcomes: list[Outcome], false: int | None) -> None:
    told = [each for each in outcomes if each.planted.denied]
    found = sum(bool(each.found_by) for each in told)
    silent = len(outcomes) - len(told)
    by = Counter(rule for each in told for rule in each.found_by)
    others = " ".join(f"{rule}×{count}" for rule, count in by.most_common(4))
    wrong = "" if false is None else str(false)
    print(f"{name:6}{len(told):>9}{found:>7}{silent:>14}{wrong:>14}   {others}")


def _missed(trials: list[Trial]) -> Iterator[tuple[str, Outcome]]:
    for each in trials:
        for outcome in each.outcomes:
            if not outcome.found_by and outcome.planted.denied:
                yield each.name, outcome


def _list_missed(trials: list[Trial]) -> None:
    for name, outcome in sorted(_missed(trials), key=lambda pair: pair[1].planted.kind):
        planted = outcome.planted
        print(f"{planted.rule} {planted.kind} {name} {planted.spans[0].place}")
        print(f"    was: {planted.was}\n    now: {planted.now}".replace("\n（", "（"))


def _list_false(trials: list[Trial]) -> None:
    for each in trials:
        for finding in each.false_errors:
            place = finding.places[0]
            print(f"{each.name} {finding.rule} {finding.message} {finding.computed}")
            print(f"    {'／'.join(place.passage.section)}：{place.passage.text[:80]}")


if __name__ == "__main__":
    main()
