"""Human codes: which codes hold where several coders spoke, and how their disagreements are settled."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from focus_analysis.corpus import check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, NO_CODE, STATUSES, check, rows, turns_read

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

PRECEDENCE = ("adjudicated", "human", "machine")
NOT_GIVEN = "none"
SETTLED_COLUMNS = ["session_id", "turn", "speaker", "code", "status_a", "status_b", "decision", "reason", "text"]
CHANGE_COLUMNS = ["session_id", "turn", "code", "before", "after"]
_TURN = ["session_id", "turn"]
_CODED = [*_TURN, "code"]


def merge_codings(*codings: pd.DataFrame) -> pd.DataFrame:
    """Return the codings that hold, turn by turn: adjudicated before human before machine.

    Parameters
    ----------
    *codings : DataFrame, schema ``CODINGS``
        Tables of any coders.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        In each turn the codings of the highest kind that has a row there. A row of the code ``none`` (read, and given
        no code) counts as one, and so takes away what lower kinds gave; it is not in the result. Of several people,
        or several machines, in one turn the first given holds.

    Raises
    ------
    ArgumentError
        No table is given.

    Warns
    -----
    UserWarning
        Several people coded a turn and nobody adjudicated.
    """
    import pandas as pd

    if not codings:
        raise ArgumentError("merge_codings: no table; give the codings of one coder or of several")
    tables = [check(table, CODINGS).assign(given=place) for place, table in enumerate(codings)]
    whole = pd.concat(tables, ignore_index=True)
    kind = whole["coder_kind"].replace({"rule": "machine", "model": "machine"})
    rank = kind.map({name: place for place, name in enumerate(PRECEDENCE)}).astype(int)
    by_turn = [whole[name] for name in _TURN]
    highest = rank == rank.groupby(by_turn).transform("min")
    order = whole.groupby(["given", "coder"], sort=False).ngroup().where(highest, len(whole))
    first = order == order.groupby(by_turn).transform("min")
    _warn_of_unsettled(whole[highest & ~first & (kind == "human")])
    return check(whole[highest & first & (whole["code"] != NO_CODE)], CODINGS)


def _warn_of_unsettled(others: pd.DataFrame) -> None:
    n = len(others[_TURN].drop_duplicates())
    if n:
        warnings.warn(
            f"{n} turns were coded by several people and not adjudicated; the codes of the first given hold there. "
            "Settle them with adjudicate and settle.",
            stacklevel=3,
        )


def adjudicate(a: pd.DataFrame, b: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the disagreements of two coders as a table to be settled.

    Parameters
    ----------
    a, b : DataFrame, schema ``CODINGS``
        One coder each.
    corpus : Corpus
        The transcripts.

    Returns
    -------
    DataFrame, shape (n_disagreements, 9)
        A row for each turn and code on which they part, in turns that both read: session_id, turn, speaker, code,
        status_a, status_b ("none" where the coder did not give the code), text, and two empty columns to be filled:
        decision ("affirmed", "denied", "hypothetical", or "none" where the code does not hold) and reason. Turns that
        a coder has read are as in ``agreement``.
    """
    import pandas as pd

    given_a, given_b = _judged_by_both(a, b, corpus)
    found = [
        (turn.session_id, turn.turn, turn.speaker, code, of_a.get(code, NOT_GIVEN), of_b.get(code, NOT_GIVEN),
         None, None, turn.text)
        for turn in rows(corpus.turns)
        if (turn.session_id, turn.turn) in given_a
        for of_a, of_b in [(given_a[turn.session_id, turn.turn], given_b[turn.session_id, turn.turn])]
        for code in sorted(of_a.keys() | of_b.keys())
        if of_a.get(code) != of_b.get(code)
    ]  # fmt: skip
    return pd.DataFrame(found, columns=SETTLED_COLUMNS).astype({"decision": "object", "reason": "object"})


def settle(a: pd.DataFrame, b: pd.DataFrame, settled: pd.DataFrame, corpus: Corpus, adjudicator: str) -> pd.DataFrame:
    """Return both coders' codings as they were, and the final ones that follow from the settled disagreements.

    Parameters
    ----------
    a, b : DataFrame, schema ``CODINGS``
        The same tables as were given to ``adjudicate``.
    settled : DataFrame
        Its result with every decision filled in. Rows may be added: a code that neither coder gave, or one on which
        they agreed, decided anew.
    corpus : Corpus
        The transcripts.
    adjudicator : str
        Who decided.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        The rows of ``a`` and ``b``, and rows of kind "adjudicated" for every turn that both read, with the reason as
        evidence; a turn in which no code holds has a row of the code ``none``.

    Raises
    ------
    ArgumentError
        A disagreement has no decision, or two; a decision is not known, or is of a turn that not both have read; the
        adjudicator is one of the coders.
    """
    import pandas as pd

    given_a, given_b = _judged_by_both(a, b, corpus)
    if adjudicator in {*a["coder"], *b["coder"]}:
        raise ArgumentError(f"settle: {adjudicator!r} is one of the coders; say who decided, such as 'Ala and Ola'")
    decided = _decisions(settled, given_a)
    lengths = {(turn.session_id, turn.turn): len(turn.text) for turn in rows(corpus.turns)}
    versions = pd.concat([a, b])["codebook_version"].dropna().unique()
    final: list[dict[str, Any]] = []
    for turn, of_a in given_a.items():
        of_b = given_b[turn]
        holding: dict[str, tuple[str, str | None]] = {
            code: (status, None) for code, status in of_a.items() if of_b.get(code) == status
        }
        holding |= decided[turn]
        if open_codes := sorted((of_a.keys() | of_b.keys()) - holding.keys()):
            raise ArgumentError(f"settle: turn {turn[1]} of {turn[0]!r}, code {open_codes[0]!r}: there is no decision")
        kept = {code: held for code, held in holding.items() if held[0] != NOT_GIVEN}
        for code, (status, reason) in (kept or {NO_CODE: (STATUSES[0], None)}).items():
            final.append(
                {
                    "session_id": turn[0],
                    "turn": turn[1],
                    "code": code,
                    "start": 0,
                    "end": lengths[turn],
                    "status": status,
                    "coder": adjudicator,
                    "coder_kind": "adjudicated",
                    "confidence": None,
                    "evidence": reason,
                    "codebook_version": versions[0] if len(versions) == 1 else None,
                }
            )
    made = check(pd.DataFrame(final, columns=CODINGS.names), CODINGS)
    return check(pd.concat([check(a, CODINGS), check(b, CODINGS), made]), CODINGS)


def coding_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return what has changed between two states of codings: a row a turn and code whose status is another.

    Returns
    -------
    DataFrame, shape (n_changes, 5)
        session_id, turn, code, before and after: the status, or "none" where the code was not given.
    """
    import pandas as pd

    old, new = (_statuses(check(table, CODINGS)) for table in (before, after))
    found = [
        (*key, old.get(key, NOT_GIVEN), new.get(key, NOT_GIVEN))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]
    return pd.DataFrame(found, columns=CHANGE_COLUMNS)


def _statuses(table: pd.DataFrame) -> dict[tuple[str, int, str], str]:
    """Return how each code of each turn stands, the strongest of its statuses."""
    found: dict[tuple[str, int, str], str] = {}
    for session, turn, code, status in zip(*(table[name] for name in [*_CODED, "status"]), strict=True):
        if code != NO_CODE:
            key = (session, turn, code)
            found[key] = min(found.get(key, status), status, key=STATUSES.index)
    return found


def _judged_by_both(
    a: pd.DataFrame, b: pd.DataFrame, corpus: Corpus
) -> tuple[dict[tuple[str, int], dict[str, str]], dict[tuple[str, int], dict[str, str]]]:
    """Return what each of two coders gave the turns that both read."""
    check_corpus("adjudicate", corpus)
    judged = []
    for table in (check(a, CODINGS), check(b, CODINGS)):
        read = turns_read(table, corpus.turns)
        given: dict[tuple[str, int], dict[str, str]] = {
            turn: {} for turn in zip(read["session_id"], read["turn"], strict=True)
        }
        for (session, turn, code), status in _statuses(table).items():
            if (session, turn) in given:
                given[session, turn][code] = status
        judged.append(given)
    first, second = judged
    both = [turn for turn in first if turn in second]
    return {turn: first[turn] for turn in both}, {turn: second[turn] for turn in both}


def _decisions(
    settled: pd.DataFrame, read: Iterable[tuple[str, int]]
) -> Mapping[tuple[str, int], dict[str, tuple[str, str | None]]]:
    """Return what was decided of the codes of each turn that both coders read, and why."""
    missing = [name for name in (*_CODED, "decision", "reason") if name not in getattr(settled, "columns", ())]
    if missing:
        raise ArgumentError(f"settle: the decisions lack {', '.join(missing)}; fill in what adjudicate returns")
    allowed = (*STATUSES, NOT_GIVEN)
    found: dict[tuple[str, int], dict[str, tuple[str, str | None]]] = {turn: {} for turn in read}
    for row in rows(settled):
        turn = row.session_id, int(row.turn) if str(row.turn).isdecimal() else row.turn
        decision = row.decision.strip().lower() if isinstance(row.decision, str) else row.decision
        where = f"settle: turn {row.turn} of {row.session_id!r}, code {row.code!r}"
        if decision not in allowed:
            raise ArgumentError(f"{where}: decision must be one of {', '.join(allowed)}; not {row.decision!r}")
        if turn not in found:
            raise ArgumentError(f"{where}: not both coders have read this turn; delete the row")
        if found[turn].setdefault(row.code, (decision, row.reason))[0] != decision:
            raise ArgumentError(f"{where}: there are two decisions; keep one")
    return found
