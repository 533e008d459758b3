"""What a computation went through (推导).

A derivation is the proof of one value: each step with its inputs. It computes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.formula.tree import Name, Node
from steelyard.measure.quantity import Value


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step of a computation (推导): node, value, what it came from.

    ``inputs`` follow the children of the node. The derivation of a name has
    the derivation of its definition as input, when it is computed. ``rows``
    are the keys of the table rows that counted.
    """

    node: Node
    value: Value
    inputs: tuple[Derivation, ...] = ()
    rows: tuple[str, ...] = ()

    def steps(self) -> Iterator[Derivation]:
        """Yield this step and all before it, last first."""
        pending = [self]
        while pending:
            step = pending.pop()
            yield step
            pending.extend(reversed(step.inputs))

    def names(self) -> tuple[str, ...]:
        """Return the names used, in order of appearance, once each."""
        found = (s.node.text for s in self.steps() if isinstance(s.node, Name))
        return tuple(dict.fromkeys(found))
