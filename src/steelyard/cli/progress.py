"""A progress bar for work that takes longer than a moment (进度条)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Self

import click

WHOLE = 1000
"""Thousandths of the work."""

_PATIENCE = 1
"""Seconds before a bar is shown."""


class Bar:
    """A progress bar on stderr (进度条), for work that takes longer than a moment."""

    def __init__(self, *, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()
        self._shown = shown
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def counting(self, label: str, start: int, end: int, of: int = 1) -> Callable[[int, int], None]:
        """Return what is told how much of a stage is done.

        Args:
            label: What is going on.
            start: Thousandths of the whole that are done before.
            end: Thousandths that are done after.
            of: How many times the stage counts from nothing to all.
        """
        rounds = 0
        last = 0

        def told(done: int, whole: int) -> None:
            nonlocal rounds, last
            rounds += done < last
            last = done
            whole = max(whole, 1)
            share = min(rounds * whole + min(done, whole), of * whole)
            self._go(label, start + (end - start) * share // (of * whole))

        return told

    def _go(self, label: str, to: int) -> None:
        if not self._shown:
            return
        if self._bar is None:
            if self._clock() - self._begun < _PATIENCE:
                return
            self._bar = click.progressbar(
                length=WHOLE, label=label, show_eta=False, file=sys.stderr, width=30
            )
            self._bar.__enter__()
        self._bar.label = label
        self._bar.update(max(to - self._bar.pos, 0))
