"""How long the sample evaluation takes (用时).

Each stage in CPU seconds, after start-up, over several rounds; then whole
commands, start-up included, as a user waits for them. It compares nothing
and stores nothing: read ratios within one run.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from steelyard.checks.tie_out import run_checks
from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.report.compose.composer import Composed, compose
from steelyard.report.compose.load_outline import find_outline
from steelyard.report.compose.material import load_material
from steelyard.report.page.writer import page_file
from steelyard.report.proof.page import proof_page
from steelyard.report.word.read_back import read_back
from steelyard.report.word.writer import word_file
from steelyard.report.workbook.score_workbook import score_workbook
from steelyard.scoring.alternatives import alternatives
from steelyard.scoring.envelope import envelope
from steelyard.scoring.score import score

ROOT = Path(__file__).resolve().parent.parent
STEELYARD = ROOT / ".venv" / "bin" / "steelyard"
SAMPLE = ROOT / "examples" / "qiannan-2023"
ROUNDS = 15
DONE = (0, 1)  # 1: done, and errors were found in the material


def told(name: str, seconds: list[float]) -> None:
    """Print the least, the middle and the most."""
    middle = statistics.median(seconds)
    print(f"  {name:<42} {min(seconds):8.3f} {middle:8.3f} {max(seconds):8.3f}")


def cpu(work: Callable[[], object]) -> list[float]:
    """Return the CPU seconds of each round, the first left out."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return times


def wall(command: list[str | Path]) -> list[float]:
    """Return the seconds that a command takes, start-up included."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - start)
        if finished.returncode not in DONE or not finished.stdout:
            sys.exit(f"{command} failed.\n{finished.stderr}")
    return times


def whole(outcome: Outcome) -> Composed:
    """Return the whole report, narrative and outline read anew."""
    material = load_material(SAMPLE)
    outline = find_outline(material.outline, outcome.card.framework.kind, SAMPLE)
    return compose(outcome, material, outline)


def main() -> None:
    """Measure and print."""
    evaluation = load_evaluation(SAMPLE)
    outcome = evaluate(evaluation)
    rubric, ledger, judgements = evaluation.rubric, evaluation.ledger, evaluation.judgements

    def traced() -> object:
        card = score(rubric, ledger, judgements, evaluation.choices)
        ways = alternatives(rubric, card, evaluation.conflicts)
        return envelope(rubric, ledger, judgements, card, tuple(w for w in ways if w.open))

    print(f"{SAMPLE.name}, {ROUNDS} rounds                  least   middle     most")
    print("CPU seconds after start:")
    told("read the folder", cpu(lambda: load_evaluation(SAMPLE)))
    told("score with full trace, and envelope", cpu(traced))
    told("run the tie-outs", cpu(lambda: run_checks(evaluation.checks, ledger)))
    told("all of evaluate()", cpu(lambda: evaluate(evaluation)))
    told("write the proof page", cpu(lambda: proof_page(outcome)))
    told("write the workbook", cpu(lambda: score_workbook([outcome])))
    told("compose the whole report", cpu(lambda: whole(outcome)))
    report = whole(outcome)
    document = report.document
    told("write the report as Word, contents not paged", cpu(lambda: word_file(document)))
    told("write the report as a page", cpu(lambda: page_file(document, outcome, report.asked)))
    told("read the Word report back", cpu(lambda: read_back(word_file(document))))
    print("Seconds, start-up included:")
    told("steelyard --help", wall([STEELYARD, "--help"]))
    told("steelyard evaluate", wall([STEELYARD, "evaluate", SAMPLE]))
    with tempfile.TemporaryDirectory() as folder:
        command: list[str | Path] = [STEELYARD, "evaluate", SAMPLE, "--out", folder, "--force"]
        told("steelyard evaluate --out", wall(command))


if __name__ == "__main__":
    main()
