"""What a model says for a coding: a line of its evidence, written by the coder and read again where it is explained."""

from __future__ import annotations

import re
from typing import NamedTuple

_JOINT = " | "
_PLACE = " + place in the talk"
_LINE = re.compile(
    rf"(?:(?P<rule>.*?){re.escape(_JOINT)})??"
    rf"model(?: \((?P<status>\w+)\))?(?P<leans>{re.escape(_PLACE)})? → (?P<words>.*?) ≈ (?P<example>.*)",
    re.DOTALL,
)


class ModelEvidence(NamedTuple):
    """Why a model gives a code.

    Parameters
    ----------
    status : str, optional
        The status that it gives, where a rule gives another.
    leans : bool
        Whether it would not give the code without the place of the turn in the talk.
    words : str
        The words that weighed most.
    example : str
        The nearest coded utterance that it learnt from.
    """

    status: str | None
    leans: bool
    words: str
    example: str

    def __str__(self) -> str:
        status = f" ({self.status})" if self.status else ""
        return f"model{status}{_PLACE if self.leans else ''} → {self.words} ≈ {self.example}"

    def beside(self, rule: str) -> str:
        """Return the evidence of a coding that a rule found too."""
        return f"{rule}{_JOINT}{self}"


def read_evidence(evidence: str) -> tuple[str, ModelEvidence | None]:
    """Return what a rule and what a model said for a coding: the rule's part of its evidence, "" without one."""
    found = _LINE.fullmatch(evidence)
    if found is None:
        return evidence, None
    model = ModelEvidence(found["status"], bool(found["leans"]), found["words"], found["example"])
    return found["rule"] or "", model
