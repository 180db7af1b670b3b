"""What coders said of the units that they read: the ground on which they are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from focus_analysis.analysis.study import check_study
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODES, CODINGS, NO_CODE, STATUSES, UNITS, StudyTables, check, turns_read

if TYPE_CHECKING:
    import pandas as pd

Unit = tuple[str, str | int]
Statuses = dict[str, str]


@dataclass(frozen=True)
class Readings:
    """Several coders' judgements of the same units.

    Parameters
    ----------
    coders : tuple of str
        Names of the coders.
    units : list of (session, turn) or (session, speaker)
        Units that two coders or more read, in order.
    judged : list of list, shape (n_units, n_coders)
        The codes that a coder gave a unit, each with its status; None where the coder did not read it.
    """

    coders: tuple[str, ...]
    units: list[Unit]
    judged: list[list[Statuses | None]]

    @property
    def codes(self) -> list[str]:
        """Codes that anybody gave, by the alphabet."""
        return sorted({code for unit in self.judged for given in unit for code in given or {}})


def read_together(
    coders: Sequence[pd.DataFrame],
    unit: str = "turn",
    study: StudyTables | None = None,
    codes: pd.DataFrame | None = None,
    status: str | None = None,
) -> Readings:
    """Bring several coders' codings to common units.

    Parameters
    ----------
    coders : sequence of DataFrame, schema ``CODINGS``
        One table a coder. A table with rows of the code ``none`` says itself what was read: the turns that it has
        rows of. Without such rows, a coder is taken to have read every turn of the sessions that they coded.
    unit : {"turn", "speaker"}
        A turn; or all that a speaker says in a session, read by a coder who read all of it.
    study : StudyTables, optional
        Turns of the sessions. Without it, the turns are those that somebody coded.
    codes : DataFrame, schema ``CODES``, optional
        Only these codes.
    status : {"affirmed", "denied", "hypothetical"}, optional
        Only codings of this status.

    Raises
    ------
    ArgumentError
        Fewer than two tables, an unknown unit or status, no study where speakers are asked for, or a turn that the
        study does not have.
    """
    tables = [check(table, CODINGS) for table in coders]
    if len(tables) < 2:
        raise ArgumentError(f"agreement needs the codings of two coders or more; got {len(tables)}")
    if unit not in UNITS:
        raise ArgumentError(f"unit must be one of {', '.join(UNITS)}; not {unit!r}")
    if status not in (None, *STATUSES):
        raise ArgumentError(f"status must be one of {', '.join(STATUSES)}, or None for all; not {status!r}")
    owners = _owners(tables, unit, study)
    kept = None if codes is None else set(check(codes, CODES)["code"])
    seen = [_judged(table, owners, kept, status) for table in tables]
    units = [unit for unit in dict.fromkeys(owners.values()) if sum(unit in judged for judged in seen) > 1]
    return Readings(_names(tables), units, [[judged.get(unit) for judged in seen] for unit in units])


def _names(tables: list[pd.DataFrame]) -> tuple[str, ...]:
    """Return each coder's name, or a letter where a table has not one name of its own."""
    found = [list(table["coder"].unique()) for table in tables]
    names = [one[0] if len(one) == 1 else "" for one in found]
    return tuple(name if name and names.count(name) == 1 else chr(ord("a") + i) for i, name in enumerate(names))


def _owners(tables: list[pd.DataFrame], unit: str, study: StudyTables | None) -> dict[tuple[str, int], Unit]:
    """Return the unit of every turn of the sessions that were coded, in order."""
    coded = {turn for table in tables for turn in zip(table["session_id"], table["turn"], strict=True)}
    if study is None:
        if unit == "speaker":
            raise ArgumentError("unit 'speaker' needs the study: agreement(a, b, unit='speaker', study=corpus)")
        return {turn: turn for turn in sorted(coded)}
    check_study(study)
    sessions = {session for session, _ in coded}
    turns = study.turns[study.turns["session_id"].isin(sessions)]
    keys = list(zip(turns["session_id"], turns["turn"], strict=True))
    strange = sorted(coded - set(keys))
    if strange:
        session, turn = strange[0]
        raise ArgumentError(f"{len(strange)} coded turns are not in the study, such as turn {turn} of {session!r}")
    if unit == "turn":
        return {turn: turn for turn in keys}
    return {turn: (turn[0], speaker) for turn, speaker in zip(keys, turns["speaker"], strict=True)}


def _judged(
    table: pd.DataFrame, owners: dict[tuple[str, int], Unit], kept: set[str] | None, status: str | None
) -> dict[Unit, Statuses]:
    """Return what a coder gave each unit that they read; of several statuses of a code the strongest."""
    import pandas as pd

    turns = pd.DataFrame(list(owners), columns=["session_id", "turn"])
    read = set(turns_read(table, turns).itertuples(index=False, name=None))
    unread = {owner for turn, owner in owners.items() if turn not in read}
    judged: dict[Unit, Statuses] = {owner: {} for owner in owners.values() if owner not in unread}
    columns = (table[name] for name in ("session_id", "turn", "code", "status"))
    found: dict[Unit, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for session, turn, code, stands in zip(*columns, strict=True):
        if code != NO_CODE and (kept is None or code in kept) and status in (None, stands):
            found[owners[session, turn]][code].append(stands)
    for owner, given in found.items():
        if owner in judged:
            judged[owner] = {code: min(stands, key=STATUSES.index) for code, stands in given.items()}
    return judged
