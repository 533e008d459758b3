"""Time the sample evaluation from the command line (用时).

Holds one measurement: the whole command, start-up included, as a user waits
for it. It compares nothing and stores nothing.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEELYARD = ROOT / ".venv" / "bin" / "steelyard"
SAMPLE = ROOT / "examples" / "qiannan-2023"
ROUNDS = 7
DONE = (0, 1)  # 1: done, and errors were found in the material


def seconds_to_evaluate(out: Path) -> float:
    command: list[str | Path] = [STEELYARD, "evaluate", SAMPLE, "--out", out]
    start = time.perf_counter()
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    elapsed = time.perf_counter() - start
    # A crash exits with 1 too, but leaves nothing behind.
    if finished.returncode not in DONE or not any(out.iterdir()):
        sys.exit(f"The sample could not be evaluated.\n{finished.stderr}")
    return elapsed


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        times = [seconds_to_evaluate(Path(folder)) for _ in range(ROUNDS)]
    print(f"evaluate {SAMPLE.name}: {ROUNDS} rounds, seconds")
    print(f"  min {min(times):.3f}  median {statistics.median(times):.3f}  max {max(times):.3f}")


if __name__ == "__main__":
    main()
