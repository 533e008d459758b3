"""Change one digit of one random number of a document, many times: was it noticed?

python scripts/mutation.py FILE [--case FOLDER] [--times N] [--seed N] [--missed]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.doctor.mutation import Tally, tally  # noqa: E402

from steelyard.doctor.case import read_case  # noqa: E402
from steelyard.doctor.examine import examine  # noqa: E402
from steelyard.doctor.view.figure import KIND_NAMES  # noqa: E402
from steelyard.intake.reading.read_file import read_file  # noqa: E402


def main() -> None:
    """Print how many changes were noticed, by kind of number."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--case", type=Path)
    options.add_argument("--times", type=int, default=150)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--missed", action="store_true", help="list what was not noticed")
    given = options.parse_args()
    data = read_case(given.case) if given.case else None
    start = time.process_time()
    result = tally(
        read_file(given.file),
        given.times,
        given.seed,
        lambda documents: examine(documents, case=data),
    )
    _show(result)
    print(f"{time.process_time() - start:.1f} s CPU")
    if given.missed:
        _list(result)


def _show(result: Tally) -> None:
    for kind, made in sorted(result.made.items()):
        print(f"{KIND_NAMES[kind]}: {result.noticed[kind]} of {made}")
    total = result.made.total()
    print(f"together: {result.noticed.total()} of {total} ({result.share:.1%})")


def _list(result: Tally) -> None:
    for change in result.missed:
        text, figure = change.passage.text, change.figure
        around = text[max(figure.start - 20, 0) : figure.start]
        print(f"{change.printed}: {around}[{figure.text}]{text[figure.end : figure.end + 12]}")


if __name__ == "__main__":
    main()
