"""What was read from an own workbook so far (读取结果), and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.facts.dictionary import Dictionary
from steelyard.facts.ledger import Target
from steelyard.intake.reading.document import Document
from steelyard.intake.recognise.values import Reading, Unclear, Wrong, said
from steelyard.intake.request.answers import Wanted, read_answer, settled_by
from steelyard.intake.request.returned import Held, Sheet
from steelyard.intake.sighting import Doubt, Mistake, Place, Question, Seen, Sighting

IGNORE = "忽略"
"""The answer that leaves a cell alone."""


@dataclass(slots=True)
class Basket:
    """Takes cells of an own workbook (读取结果)."""

    document: Document
    dictionary: Dictionary
    answers: Mapping[str, str]
    """What people answered before, by the key of the question."""
    seen: Seen = field(default_factory=Seen)
    figures: dict[Target, list[Sighting]] = field(default_factory=dict)
    """What was read of each item, at every place where it stands."""

    def place(self, sheet: Sheet, cell: str) -> Place:
        """Return a place in the workbook."""
        return Place(
            file=self.document.name, sha256=self.document.sha256, sheet=sheet.name, cell=cell
        )

    def remark(self, sheet: Sheet, text: str) -> None:
        """Say something of a sheet."""
        self.seen.remarks.append(f"{self.document.name}：工作表“{sheet.name}”{text}。")

    def wrong(
        self, sheet: Sheet, held: Held, what: str, mend: str, about: Target | None = None
    ) -> None:
        """Tell that a cell cannot be right."""
        place = self.place(sheet, held.cell)
        self.seen.mistakes.append(
            Mistake(what=what, mend=mend, place=place, quote=held.text, about=about)
        )

    def ask(self, doubt: Doubt, key: str, sheet: Sheet, held: Held, *, text: str,
            candidates: tuple[str, ...], about: tuple[Target, ...] = ()) -> None:  # fmt: skip
        """Ask about a cell."""
        asked = Question(
            doubt=doubt, key=key, text=text, candidates=candidates,
            place=self.place(sheet, held.cell), quote=held.text, about=about,
        )  # fmt: skip
        self.seen.questions.append(asked)

    def read(self, sheet: Sheet, held: Held, wanted: Wanted, target: Target) -> Reading | None:
        """Read a cell; a doubt or a mistake is noted, and nothing taken.

        Args:
            sheet: Where it stands.
            held: The cell, not blank.
            wanted: What was asked.
            target: What it is the value of.
        """
        key = f"资料采集表|{target}|{held.text}"
        answer = self.answers.get(key, "")
        if answer == IGNORE:
            return None
        try:
            return settled_by(answer, held, wanted) if answer else read_answer(held, wanted)
        except Unclear as unclear:
            self.ask(
                Doubt.UNIT if unclear.unit else Doubt.VALUE,
                key,
                sheet,
                held,
                text=f"“{target}”：{unclear.text}",
                candidates=unclear.candidates,
                about=(target,),
            )
        except Wrong as wrong:
            self.wrong(sheet, held, f"“{target}”：{wrong.what}", wrong.mend, target)
        return None

    def take(self, sighting: Sighting) -> None:
        """Keep the value of an item until all places are known where it stands."""
        self.figures.setdefault(sighting.target, []).append(sighting)

    def settle(self) -> None:
        """Take each item once; what stands twice with different values is a mistake."""
        for target, found in self.figures.items():
            if all(each.value == found[0].value for each in found):
                self.seen.sightings.append(found[0])
                if len(found) > 1:
                    places = "、".join(str(each.place) for each in found)
                    self.seen.remarks.append(
                        f"{self.document.name}：“{target}”填了{len(found)}处（{places}），数值相同。"
                    )
                continue
            listed = "；".join(f"{each.place}为{said(each.value)}" for each in found)
            for each in found:
                self.seen.mistakes.append(
                    Mistake(
                        what=f"“{target}”填了{len(found)}处，数值不同：{listed}。",
                        mend="请只留正确的一处。",
                        place=each.place,
                        quote=each.quote,
                        about=target,
                    )
                )
