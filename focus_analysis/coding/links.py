"""What belongs together: a problem and how hard it is, a problem and what would help, each link with its evidence.

A difficulty or solution is linked to a problem by one of three bases:

turn      the same participant names both in the same turn. A difficulty goes with the problems of its sentence; where
          there is none, with the one named last before it, or else with the one named first after. Under the question
          of the guide about difficulty it goes with all problems of the turn; where the turn says "easy" and "hard",
          each problem goes with the one said closest to it.
question  (difficulty) the moderator's last question gave the other half. It stood under the question of the guide
          about difficulty, asked for what is easy or for what is hard, not for both, and the answer names a problem
          and no difficulty; the turn that opens that question asks for both, and so does any once an answer names the
          other side. Or, anywhere, it named a problem, and one of the two turns after it says how hard it is, and no
          turn since names another.
exchange  the turn that says how hard it is, or proposes a solution, names no problem, and a turn before does: of a
          difficulty, which takes it up ("tego się nie da", or a few words), the one right before; of a solution, one
          of the two before: another participant's, or the moderator's question. The closer one counts; an answer to
          another question of the guide does not.

Only what participants affirm is linked; a problem that is denied goes with "easy" too ("głodnych już nie ma").
A barrier to cooperation is linked to solutions as a problem is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.corpus import check_corpus
from focus_analysis.language.tokens import SENTENCE_END
from focus_analysis.schemas import CODES, CODINGS, NO_CODE, check, rows
from focus_analysis.schemas_networks import LINKS

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

EASY, HARD, BARRIER = "easy_to_solve", "hard_to_solve", "cooperation_barrier"
QUESTION = "difficulty"  # id of the guide's block
_EXCHANGE = 2
_SHOWN = 60
_FEW_WORDS = 3
_SIGN_COST = 20
_SIGNS = re.compile(r"[,;:.!?…–—]")
_AHEAD = "to, że"  # speaks of what follows
_TAKEN_UP = frozenset(re.findall(r"\w+", "to tego temu tym tej tą te tych nim nią nimi niego niej nich go ją je"))


class _Mention(NamedTuple):
    """A code in a turn: where it stands."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class _Turn:
    """A turn and what it names: problems that it affirms or denies, difficulties and solutions that it affirms."""

    session_id: str
    turn: int
    moderator: bool
    participant: bool
    question: str | None
    text: str
    problems: list[_Mention] = field(default_factory=list)
    denied: list[_Mention] = field(default_factory=list)
    difficulties: list[_Mention] = field(default_factory=list)
    solutions: list[_Mention] = field(default_factory=list)
    barriers: list[_Mention] = field(default_factory=list)

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that a character stands in."""
        return len(SENTENCE_END.findall(self.text[:at]))

    def distance(self, one: _Mention, other: _Mention) -> int:
        """Return how many characters part two mentions; signs between them weigh more."""
        between = self.text[min(one.end, other.end) : max(one.start, other.start)]
        return len(between) + _SIGN_COST * len(_SIGNS.findall(between))

    def takes_up(self, difficulty: _Mention) -> bool:
        """Return whether the words around a difficulty speak of what was named before."""
        number = self.sentence(difficulty.start)
        said = SENTENCE_END.split(f"{self.text} ")[number].lower()
        words = re.findall(r"\w+", said)
        return _AHEAD not in said and (len(words) <= _FEW_WORDS or bool(_TAKEN_UP & set(words)))

    def shown(self, mention: _Mention) -> str:
        """Return the words of a mention, cut where they are many."""
        words = self.text[mention.start : mention.end]
        return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def find_links(corpus: Corpus, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Link problems to how hard they are said to be and to the solutions proposed for them.

    Parameters
    ----------
    corpus : Corpus
        The transcripts; with the questions of a topic guide, answers stay with their question.
    codings : DataFrame, schema ``CODINGS``
        What was coded.
    codes : DataFrame, schema ``CODES``
        Which codes are problems, difficulties and solutions (``codebook.codes``).

    Returns
    -------
    DataFrame, schema ``LINKS``
        One row a turn, problem and difficulty or solution; the basis is the first that holds of turn, question,
        exchange. The rules stand at the head of this module.
    """
    import pandas as pd

    check_corpus("find_links", corpus)
    sessions: dict[str, list[_Turn]] = defaultdict(list)
    for turn in _turns(corpus, check(codings, CODINGS), check(codes, CODES)):
        sessions[turn.session_id].append(turn)
    found = pd.DataFrame(
        [row for turns in sessions.values() for row in (*_difficulties(turns), *_solutions(turns))],
        columns=LINKS.names,
    )
    return check(found.drop_duplicates(list(LINKS.key)), LINKS)


def _turns(corpus: Corpus, codings: pd.DataFrame, codes: pd.DataFrame) -> Iterator[_Turn]:
    """Yield every turn with what it names; a moderator names whatever the status."""
    groups = dict(zip(codes["code"], codes["group"], strict=True))
    coded: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for coding in rows(codings[codings["code"] != NO_CODE].sort_values("start", kind="stable")):
        coded[coding.session_id, coding.turn].append(coding)
    for row in rows(corpus.turns):
        roles = row.role == "moderator", row.role == "participant"
        turn = _Turn(row.session_id, row.turn, *roles, row.question, row.text)
        for coding in coded.get((row.session_id, row.turn), ()):
            mentions = _kind(turn, coding, groups.get(coding.code))
            if mentions is not None:
                mentions.append(_Mention(coding.code, coding.start, coding.end))
        yield turn


def _kind(turn: _Turn, coding: Any, group: str | None) -> list[_Mention] | None:
    """Return the list of the turn that a coding belongs to."""
    if not turn.moderator and coding.status == "denied" and group == "problems":
        return turn.denied
    if not turn.moderator and coding.status != "affirmed":
        return None
    if coding.code == BARRIER:
        return turn.barriers
    return {"problems": turn.problems, "difficulty": turn.difficulties, "solutions": turn.solutions}.get(group or "")


def _difficulties(turns: list[_Turn]) -> Iterator[dict[str, Any]]:
    """Yield the links of problems and difficulties of a session."""
    asked: dict[str, _Mention] = {}
    question: _Turn | None = None
    opened = False
    for number, turn in enumerate(turns):
        if turn.moderator:
            asks = turn.question == QUESTION and opened
            opened = opened or turn.question == QUESTION
            asked = {said.code: said for said in turn.difficulties} if asks else {}
            question = turn
        elif turn.participant:
            yield from _in_one_turn(turn)
            if question and not turn.difficulties and len(asked) == 1:
                for problem, difficulty in product(turn.problems, asked.values()):
                    yield _row(turn, turn, problem, difficulty, "question", question)
            elif turn.difficulties and not turn.problems and not turn.denied:
                yield from _taken_up(turn, turns[max(0, number - _EXCHANGE) : number])
            asked |= {said.code: said for said in turn.difficulties if asked}


def _taken_up(turn: _Turn, before: list[_Turn]) -> Iterator[dict[str, Any]]:
    """Yield the links of a turn that says how hard something is to what a turn before names."""
    named = next((one for one in reversed(before) if one.problems or one.denied), None)
    if named is None or named.question != turn.question:
        return
    basis = "question" if named.moderator else "exchange"
    if basis == "exchange" and named is not before[-1]:
        return
    for problem, difficulty in product(named.problems, turn.difficulties):
        if basis == "question" or turn.takes_up(difficulty):
            yield _row(turn, named, problem, difficulty, basis)


def _in_one_turn(turn: _Turn) -> Iterator[dict[str, Any]]:
    """Yield the links of a turn that says how hard its problems are."""
    every = [*turn.problems, *turn.denied]
    for problem in every if turn.difficulties else ():
        nearest = min(turn.difficulties, key=lambda said: turn.distance(problem, said))
        reached = turn.question == QUESTION or problem in _of_sentence(turn, nearest, every)
        if reached and (nearest.code == EASY or problem not in turn.denied):
            yield _row(turn, turn, problem, nearest, "turn")


def _of_sentence(turn: _Turn, difficulty: _Mention, problems: list[_Mention]) -> list[_Mention]:
    """Return the problems of the difficulty's sentence, or else the last before it, or the first after."""
    number = turn.sentence(difficulty.start)
    here = [problem for problem in problems if turn.sentence(problem.start) == number]
    before = [problem for problem in problems if problem.start < difficulty.start]
    if here or not before:
        return here or problems[:1]
    last = max(before, key=lambda problem: problem.end)
    return [problem for problem in before if problem.end > last.start]


def _solutions(turns: list[_Turn]) -> Iterator[dict[str, Any]]:
    """Yield the links of problems and solutions of a session."""
    for number, turn in enumerate(turns):
        if not turn.participant or not turn.solutions:
            continue
        own = [*turn.problems, *turn.barriers]
        source = turn if own else _named_before(turns, number)
        if source is not None:
            for problem, solution in product(own or [*source.problems, *source.barriers], turn.solutions):
                yield _row(turn, source, problem, solution, "turn" if own else "exchange")


def _named_before(turns: list[_Turn], number: int) -> _Turn | None:
    """Return the closest of the turns before that names a problem, under the same question of the guide."""
    here = turns[number]
    for turn in reversed(turns[max(0, number - _EXCHANGE) : number]):
        if turn.question != here.question:
            return None
        if turn.problems or turn.barriers:
            return turn
    return None


def _row(
    turn: _Turn, source: _Turn, problem: _Mention, other: _Mention, basis: str, said_in: _Turn | None = None
) -> dict[str, Any]:
    """Return one link; ``said_in`` is the turn that holds the words of the difficulty where it is another."""
    return {
        "session_id": turn.session_id,
        "turn": turn.turn,
        "problem": problem.code,
        "other": other.code,
        "problem_turn": source.turn,
        "basis": basis,
        "evidence": f"{source.shown(problem)} ↔ {(said_in or turn).shown(other)}",
        "coder_kind": "rule",
    }
