"""A file that cannot be read (无法读取): said in a sentence, never a traceback."""

from __future__ import annotations

from steelyard.errors import SteelyardError


class Unreadable(SteelyardError):
    """A file that is damaged, encrypted, too large, empty of text, or of a foreign kind."""

    code = "intake.unreadable"

    def __init__(self, file: str, why: str, mend: str) -> None:
        """Say what keeps a file from being read.

        Args:
            file: Its name.
            why: A Chinese clause without a full stop.
            mend: A Chinese sentence: what to hand in instead.
        """
        super().__init__(what=f"无法读取：{why}。", where=file, mend=mend)
