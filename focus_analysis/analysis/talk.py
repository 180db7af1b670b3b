"""What the participants of each place said of each code, as arrays: the ground that every measure stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.analysis.study import once_a_study
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import LEVELS, StudyTables, place_names, rows

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

ECHO_TURNS = 2
_TURN = ["session_id", "turn"]
_PERSON = ["session_id", "speaker"]
_SHARED = ("teryt", "gmina", "voivodeship", "place", "denominator")


@dataclass(frozen=True)
class Talk:
    """The talk of one place at one level: P participants in the tables, K codes.

    Parameters
    ----------
    scope : dict
        Columns that every row of the place has.
    level : {"leaf", "top"}
        Level of the codes.
    codes : list of str, length K
        The codes.
    n_participants : int
        The denominator; may exceed P where a roster counts people without a row.
    turns, words : ndarray, shape (P,)
        Turns and words of each participant, coded or not.
    utterances, words_whole, words_split, position : ndarray, shape (P, K)
        Turns with the code; their words, whole or shared among the turn's codes; place of the code in the
        participant's list of first mentions, 0 where it is not in it.
    denied, in_charge, prompted, echo : ndarray of bool, shape (P, K)
        Who only denied the code; whose institution is in charge of it; who named it only after the moderator brought
        it up; who named it, unprompted, right after another had first done so.
    first : ndarray, shape (K,)
        Place of the code in the group's list of first mentions, NaN where nobody named it.
    knows_moderator, knows_questions : bool
        Whether every session has a labelled moderator; whether any has blocks of the topic guide.
    """

    scope: dict[str, Any]
    level: str
    codes: list[str]
    n_participants: int
    turns: Floats
    words: Floats
    utterances: Floats
    words_whole: Floats
    words_split: Floats
    position: Floats
    denied: Truths
    in_charge: Truths
    prompted: Truths
    echo: Truths
    first: Floats
    knows_moderator: bool
    knows_questions: bool

    @cached_property
    def named(self) -> Truths:
        """Who affirmed which code, shape (P, K)."""
        return self.utterances > 0


@dataclass(frozen=True)
class _Level:
    """One level's mentions, one row a turn and code, with numbers for persons and codes."""

    name: str
    codes: list[str]
    mentions: pd.DataFrame = field(repr=False)


def talks(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    sessions: pd.DataFrame,
    questions: Iterable[str] | None = None,
) -> list[Talk]:
    """Return the talk of every place and level, in the order of the sessions.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings : DataFrame, schema ``CODINGS``
        Codings of all codes.
    codes : DataFrame, schema ``CODES``
        The codes of one group.
    sessions : DataFrame
        From ``countable``.
    questions : iterable of str, optional
        Only what was said under these questions of the topic guide. Sessions that were not asked stay out.

    Raises
    ------
    ArgumentError
        No turn has such a question.
    """
    turns = _asked(study.turns, questions)
    if questions is not None:
        sessions = sessions[sessions["session_id"].isin(turns["session_id"])]
    people = people_who_count(study.speakers, sessions)
    spoken = turns.merge(people, on=_PERSON)
    n_turns, n_words = (np.bincount(spoken["person"], w, len(people)).astype(float) for w in (None, spoken["n_words"]))
    moderated = set(study.speakers.query("role == 'moderator' and n_turns > 0")["session_id"])
    guided = set(turns.loc[turns["question"].notna(), "session_id"])
    home = people["session_id"].map(sessions.set_index("session_id")["place"]).to_numpy()
    places = [(held, home == place) for place, held in sessions.groupby("place", sort=False)]
    found: list[list[Talk]] = []
    for level, members in zip(LEVELS, levels(codes), strict=True):
        counted = _Level(level, list(members), mentions(codings, members, turns, people))
        arrays = _arrays(counted, len(people)) | {"in_charge": _in_charge(codes, members, people)}
        first, never = _first_in_session(counted), np.full(len(members), np.nan)
        found.append([])
        for held, here in places:
            ids = set(held["session_id"])
            found[-1].append(
                Talk(
                    scope={name: held[name].iloc[0] for name in _SHARED} | {"n_sessions": len(held)},
                    level=level,
                    codes=counted.codes,
                    n_participants=_denominator(held),
                    turns=n_turns[here],
                    words=n_words[here],
                    first=np.fmin.reduce([first.get(name, never) for name in ids]),
                    knows_moderator=ids <= moderated,
                    knows_questions=bool(ids & guided),
                    **{name: values[here] for name, values in arrays.items()},
                )
            )
    return [talk for place in zip(*found, strict=True) for talk in place]


def scope_columns(found: list[Talk], names: Iterable[str], sizes: list[int]) -> dict[str, NDArray[Any]]:
    """Return the columns that all rows of a place share, with so many rows for each talk."""
    values = {name: [talk.scope[name] for talk in found] for name in names} | {"level": [talk.level for talk in found]}
    return {name: np.repeat(np.array(column, dtype=object), sizes) for name, column in values.items()}


@once_a_study
def countable(study: StudyTables) -> pd.DataFrame:
    """Return the sessions with their place (six digits of TERYT, or the session itself) and denominator.

    In a place where somebody's role is known, sessions without known roles are left out.
    """
    sessions = study.sessions.copy()
    sessions["place"] = sessions["teryt"].str[:6].fillna(sessions["session_id"])
    sessions["gmina"] = place_names(sessions)
    spoken = study.speakers
    spoken = spoken[(spoken["role"] == "participant") & (spoken["n_turns"] > 0)]
    sessions["n_spoke"] = sessions["session_id"].map(spoken.groupby("session_id").size()).fillna(0).astype(int)
    known = sessions["n_participants"].notna() | (sessions["n_spoke"] > 0)
    sessions = sessions[known | ~known.groupby(sessions["place"]).transform("any")]
    complete = sessions["n_participants"].notna().groupby(sessions["place"]).transform("all")
    return sessions.assign(denominator=complete.map({True: "roster", False: "spoke"}))


def levels(codes: pd.DataFrame) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the leaf codes behind each code of the two levels."""
    parents = {str(parent) for parent in codes["parent"].dropna()}
    leaves = {str(code): {str(code)} for code in codes["code"] if code not in parents}
    children = codes.dropna(subset=["parent"]).groupby("parent")["code"].agg(set).to_dict()
    tops = {str(row.code): children.get(row.code, set()) | {row.code} for row in rows(codes) if row.parent is None}
    return leaves, tops


def _asked(turns: pd.DataFrame, questions: Iterable[str] | None) -> pd.DataFrame:
    if questions is None:
        return turns
    wanted, known = list(questions), list(turns["question"].dropna().unique())
    unknown = [question for question in wanted if question not in known]
    if unknown or not wanted:
        raise ArgumentError(
            f"questions: no turn stands under {', '.join(map(repr, unknown)) or 'none'}; "
            f"questions of the turns: {', '.join(map(str, known)) or 'none (a topic guide makes them)'}"
        )
    return turns[turns["question"].isin(wanted)]


def people_who_count(speakers: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Return the participants who count, numbered: those of the roster, or those who spoke."""
    people = speakers.merge(sessions[["session_id", "denominator"]], on="session_id")
    by_roster = people["denominator"] == "roster"
    counts = (by_roster & people["in_roster"]) | (~by_roster & (people["n_turns"] > 0))
    people = people.loc[(people["role"] == "participant") & counts, [*_PERSON, "institution"]]
    return people.assign(person=np.arange(len(people)))


def _denominator(held: pd.DataFrame) -> int:
    return int(held["n_participants" if held["denominator"].iloc[0] == "roster" else "n_spoke"].sum())


def mentions(
    codings: pd.DataFrame, members: dict[str, set[str]], turns: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a turn, code of the level and status, as said; who does not count has no number."""
    number = {leaf: place for place, leaves in enumerate(members.values()) for leaf in leaves}
    said = codings[[*_TURN, "code", "start", "status"]].assign(code=codings["code"].map(number)).dropna(subset=["code"])
    said = said.merge(turns[[*_TURN, "speaker", "role", "question", "n_words"]], on=_TURN)
    said = said.merge(people[[*_PERSON, "person"]], on=_PERSON, how="left").astype({"code": int})
    return said.sort_values([*_TURN, "start"], kind="stable").drop_duplicates([*_TURN, "code", "status"])


def named_unprompted(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the first mentions, a person and code each, that came neither after the moderator nor as an echo."""
    affirmed = _affirmed(mentions)
    own = affirmed.drop_duplicates(["person", "code"])
    return own[~_prompted(mentions, own) & ~_echoes(affirmed, own)]


def _affirmed(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return what those who count affirmed, in the order of the talk."""
    return mentions[(mentions["status"] == "affirmed") & mentions["person"].notna()].astype({"person": int})


def _arrays(level: _Level, n_people: int) -> dict[str, NDArray[Any]]:
    """Return the arrays of persons by codes."""
    affirmed, shape = _affirmed(level.mentions), (n_people, len(level.codes))
    words = affirmed["n_words"].to_numpy(dtype=float)
    shared = affirmed.groupby(_TURN)["code"].transform("size").to_numpy()
    own = affirmed.drop_duplicates(["person", "code"])
    denials = level.mentions[(level.mentions["status"] == "denied") & level.mentions["person"].notna()]
    named = _summed(affirmed, shape) > 0
    prompted, echo = _prompted(level.mentions, own), _echoes(affirmed, own)
    return {
        "utterances": _summed(affirmed, shape),
        "words_whole": _summed(affirmed, shape, words),
        "words_split": _summed(affirmed, shape, words / shared),
        "position": _summed(own, shape, own.groupby("person").cumcount().to_numpy() + 1.0),
        "denied": (_summed(denials, shape) > 0) & ~named,
        "prompted": _summed(own[prompted], shape) > 0,
        "echo": _summed(own[echo & ~prompted], shape) > 0,
    }


def _summed(mentions: pd.DataFrame, shape: tuple[int, int], weights: NDArray[Any] | None = None) -> Floats:
    """Return the sum of the weights, or the number of rows, of each person and code."""
    cells = mentions["person"].to_numpy(dtype=int) * shape[1] + mentions["code"].to_numpy(dtype=int)
    return np.bincount(cells, weights, shape[0] * shape[1]).astype(float).reshape(shape)


def _prompted(mentions: pd.DataFrame, own: pd.DataFrame) -> Truths:
    """Return which first mentions are of codes that the moderator named before any participant did."""
    named = ["session_id", "code"]
    raised = mentions[mentions["role"] == "participant"].groupby(named)["turn"].min()
    brought = mentions[mentions["role"] == "moderator"].groupby(named)["turn"].min()
    before = brought[brought < raised.reindex(brought.index)]
    return own.set_index(named).index.isin(before.index)


def _echoes(affirmed: pd.DataFrame, own: pd.DataFrame) -> Truths:
    """Return which first mentions follow within two turns of another's first in the same block of the guide."""
    blocks = affirmed.dropna(subset=["question"]).drop_duplicates(["session_id", "question", "code"])
    beside = own.merge(
        blocks[["session_id", "question", "code", "turn", "person"]],
        on=["session_id", "question", "code"],
        how="left",
        suffixes=("", "_first"),
    )
    after = beside["turn"] - beside["turn_first"]
    return (after.between(1, ECHO_TURNS) & (beside["person"] != beside["person_first"])).to_numpy()


def _first_in_session(level: _Level) -> dict[str, Floats]:
    """Return the place of each code in each session's list of first mentions, NaN where it is not in it."""
    listed = _affirmed(level.mentions).drop_duplicates(["session_id", "code"])
    found: dict[str, Floats] = {}
    for session, code in zip(listed["session_id"], listed["code"], strict=True):
        places = found.setdefault(session, np.full(len(level.codes), np.nan))
        places[code] = np.count_nonzero(~np.isnan(places)) + 1
    return found


def _in_charge(codes: pd.DataFrame, members: dict[str, set[str]], people: pd.DataFrame) -> Truths:
    """Return whose institution is in charge of each code, or of one of those that it gathers."""
    charged = codes.set_index("code")["in_charge"].fillna("").str.split(";").to_dict()
    institutions = [{name for leaf in leaves for name in charged[leaf] if name} for leaves in members.values()]
    columns = [people["institution"].isin(names).to_numpy() for names in institutions]
    return np.stack(columns, axis=1) if columns else np.zeros((len(people), 0), dtype=bool)
