"""The topic guide: which question of the moderator every turn belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.codebook import Codebook, check_codebook
from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["session_id", "turn", "question"]
_KEY = ["session_id", "turn"]
_STEP = "with_questions({name!r}, version {version}, {n_corrections} corrections)"
_TOLD = re.compile(r"with_questions\((['\"])(?P<name>.*)\1, version (?P<version>.*), (?P<n>\d+) corrections\)")


def with_questions(corpus: Corpus, guide: Codebook, corrections: pd.DataFrame | None = None) -> Corpus:
    """Return the corpus with the question of every turn.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    guide : Codebook
        Its codes are the blocks of the topic guide, in order; their patterns, found in what moderators say, open them.
    corrections : DataFrame, optional
        By hand: session_id, turn, question; one row a turn at which a block opens whatever the patterns say, or, with
        an empty question, none does. ``question_openings`` gives such a table to begin with.

    Returns
    -------
    Corpus
        With ``question`` filled from the turn that opens a block to the next; missing before the first. A block opens
        once, and those above it stay shut from then on; of several opened by one turn the first counts. Sessions
        without a labelled moderator have no questions but those of ``corrections``.

    Raises
    ------
    ArgumentError
        A correction names no turn of the corpus or no block of the guide.
    """
    check_corpus("with_questions", corpus)
    check_codebook("with_questions", guide)
    blocks = [entry.id for entry in guide.entries]
    said = corpus.turns
    asked = said.loc[said["role"] == "moderator", _KEY]
    found = code(corpus, guide).merge(asked)[[*_KEY, "code"]].drop_duplicates()
    opened = {key: set(part) for key, part in found.groupby(_KEY)["code"]}
    mended = _mended(corrections, said, blocks)
    questions = [
        question
        for _, turns in said.groupby("session_id", sort=False)
        for question in _questions(rows(turns), opened, mended, blocks)
    ]
    order = [place for _, turns in said.groupby("session_id", sort=False) for place in turns.index]
    said["question"] = _text(questions, order).reindex(said.index)
    step = _STEP.format(name=guide.name, version=guide.version, n_corrections=len(mended))
    return Corpus(corpus.sessions, corpus.speakers, said, corpus.notes, (*corpus.history, step))


def guide_used(corpus: Corpus) -> tuple[str, str, int] | None:
    """Return name and version of the guide that the questions of a corpus come from, and how many corrections it has.

    None where there is no guide; of several the last.
    """
    told = [found for step in corpus.history if (found := _TOLD.fullmatch(step))]
    return (told[-1]["name"], told[-1]["version"], int(told[-1]["n"])) if told else None


def question_openings(corpus: Corpus) -> pd.DataFrame:
    """Return where every block of the topic guide opens, to look at and to correct by hand.

    Parameters
    ----------
    corpus : Corpus
        From ``with_questions``.

    Returns
    -------
    DataFrame, shape (n_openings, 5)
        session_id, turn, question, speaker, text: the first turn of every stretch of one question.
    """
    turns = corpus.turns
    before = turns.groupby("session_id")["question"].shift()
    opening = turns["question"].notna() & turns["question"].ne(before.astype("str").where(before.notna(), ""))
    opening_turns: pd.DataFrame = turns.loc[opening, [*COLUMNS, "speaker", "text"]].reset_index(drop=True)
    return opening_turns


def _questions(
    turns: list[Any], opened: dict[Any, set[str]], mended: dict[Any, str | None], blocks: list[str]
) -> list[str | None]:
    """Return the question of each turn of a session."""
    found: list[str | None] = []
    now: str | None = None
    for turn in turns:
        key = (turn.session_id, turn.turn)
        later = blocks[blocks.index(now) + 1 :] if now else blocks
        if key in mended:
            now = mended[key] or now
        else:
            now = next((block for block in later if block in opened.get(key, ())), now)
        found.append(now)
    return found


def _mended(corrections: pd.DataFrame | None, turns: pd.DataFrame, blocks: list[str]) -> dict[Any, str | None]:
    """Return the question that a person gave to each turn, None where no block opens there."""
    if corrections is None:
        return {}
    missing = [name for name in COLUMNS if name not in corrections.columns]
    if missing:
        raise labels.refused("guide_columns", missing=", ".join(missing), needed=", ".join(COLUMNS))
    known = set(zip(turns["session_id"], turns["turn"], strict=True))
    found: dict[Any, str | None] = {}
    for row in rows(corrections[COLUMNS]):
        key = (str(row.session_id), int(row.turn) if str(row.turn).strip().isdecimal() else row.turn)
        question = str(row.question).strip() if row.question is not None else ""
        if key not in known:
            raise labels.refused("guide_turn", turn=row.turn, session=row.session_id)
        if question and question not in blocks:
            raise labels.refused("guide_block", question=question, blocks=", ".join(blocks))
        found[key] = question or None
    return found


def _text(questions: list[str | None], order: list[Any]) -> pd.Series[str]:
    import pandas as pd

    return pd.Series(questions, index=order, dtype="str")
