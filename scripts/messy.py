"""Take random messy files and judge what arrived (来文抽验).

    python scripts/messy.py [--files 300] [--first 0] [--kinds xlsx,docx,pdf] [--show 20]

Prints how many values arrived without a question, how many wait for an answer,
how many were missed, and every one that was taken silently and is wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.intake.taking import Result, take_messy

KINDS = ("xlsx", "docx", "pdf")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--show", type=int, default=20)
    given = parser.parse_args()
    results: list[Result] = []
    begun = time.process_time()
    for seed in range(given.first, given.first + given.files):
        kind = given.kinds.split(",")[seed % len(given.kinds.split(","))]
        results.append(take_messy(seed, kind))
    report(results, given.show)
    print(f"{time.process_time() - begun:.1f} s CPU")


def report(results: list[Result], show: int) -> None:
    """Print the shares, by kind of file and by mess, and what went wrong."""
    for name in (*KINDS, ""):
        chosen = [each for each in results if name in ("", each.messy.kind)]
        sure = sum(len(each.messy.sure) for each in chosen)
        if not sure:
            continue
        right = sum(len(each.verdict.right) for each in chosen)
        asked = sum(len(each.verdict.asked) for each in chosen)
        missed = sum(len(each.verdict.missed) for each in chosen)
        wrong = sum(len(each.verdict.wrong) for each in chosen)
        print(
            f"{name or 'all':5} {len(chosen):5} files {sure:7} values: {right / sure:7.2%} arrived,"
            f" {asked / sure:6.2%} asked, {missed / sure:6.2%} missed, {wrong} silently wrong"
        )
    reasons: Counter[str] = Counter()
    for each in results:
        for key in each.verdict.asked | each.verdict.missed:
            where = "asked" if key in each.verdict.asked else "missed"
            reasons[f"{where} in {each.messy.layouts.get(key, '?')}"] += 1
            for trap in each.messy.traps.get(key, ()):
                reasons[f"{where} with {trap}"] += 1
    for reason, count in reasons.most_common(show):
        print(f"  {count:5} {reason}")
    for each in results:
        for slip in each.verdict.wrong[:3]:
            print(f"  WRONG {each.messy.kind} seed {each.messy.seed}: {slip}")


if __name__ == "__main__":
    main()
