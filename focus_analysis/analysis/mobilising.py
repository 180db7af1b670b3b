"""The problem that brings people together: named by many kinds of institutions, salient, and not out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.analysis.difficulty import difficulty, linked_speakers
from focus_analysis.analysis.partners import called_occasional
from focus_analysis.analysis.salience import codes_of
from focus_analysis.analysis.scopes import Scope, distinct, grouped, places_of, scopes_of
from focus_analysis.analysis.talk import Talk, countable, levels, people_who_count, talks
from focus_analysis.schemas import CODES, CODINGS, LEVELS, StudyTables, check, rows
from focus_analysis.schemas_networks import DIFFICULTY, LINKS, MOBILISING

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SCOPE = ["teryt", "gmina", "voivodeship", "level"]
_RANKED = {
    "rank_breadth": "breadth_share",
    "rank_salience": "salience",
    "rank_solvable": "solvable",
    "rank_solutions": "n_solution_speakers",
    "rank_partners": "n_partners",
}
_WEIGHED = ["breadth_share", "salience", "solvable"]


@dataclass(frozen=True)
class _Voices:
    """Who named what on their own account, at one level.

    Parameters
    ----------
    institutions : ndarray of str or None, shape (n_people,)
        Institution of each participant.
    places : ndarray of int, shape (n_people,)
        Row of the participant's place.
    named, unprompted : ndarray of bool, shape (n_people, n_codes)
        Who named which code, and who did so unprompted.
    """

    institutions: NDArray[Any]
    places: NDArray[np.intp]
    named: NDArray[np.bool_]
    unprompted: NDArray[np.bool_]


def mobilising_problems(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    links: pd.DataFrame,
    hardness: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return, for every problem, how many kinds of institutions it could bring together, side by side with its costs.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings : DataFrame, schema ``CODINGS``
        Problems, solutions, institutions and occasional_partner.
    codes : DataFrame, schema ``CODES``
        Problems are those of the group "problems".
    links : DataFrame, schema ``LINKS``
        From ``find_links``: how hard, and what would help.
    hardness : DataFrame, schema ``DIFFICULTY``, optional
        From ``difficulty`` with the same arguments, where it is there already.

    Returns
    -------
    DataFrame, schema ``MOBILISING``
        One row a scope, level and problem. Every criterion has its own rank; nothing is weighed into one score.
        ``undominated`` marks the problems that no other beats: none is as good in breadth, salience and solvability,
        and better in one; where nobody said how hard it is, a problem counts as the hardest.

    Notes
    -----
    Breadth is exp(-sum q ln q), Hill's number of order 1, of q = r / sum r, where r is the share of an institution
    type's participants who named the problem unprompted: not after the moderator, and no echo of another (the measure
    "spontaneous" of ``salience``). Shares, not counts, so that a type with three people in the room weighs as one with
    one; ``breadth_share`` divides by the types that were there.
    """
    import pandas as pd

    codings, codes, links = check(codings, CODINGS), check(codes, CODES), check(links, LINKS)
    problems = codes_of(codes, "problems")
    scopes = scopes_of(places_of(study))
    said = linked_speakers(study, links)
    solved = rows(said[said["other"].isin(codes.loc[codes["group"] == "solutions", "code"])])
    partners = called_occasional(study, codings, codes)
    hard = difficulty(study, codings, codes, links) if hardness is None else check(hardness, DIFFICULTY)
    held = countable(study)
    talked = talks(study, codings, problems, held)
    found = []
    for level, members in zip(LEVELS, levels(problems), strict=True):
        voices = _voices(study, held, [talk for talk in talked if talk.level == level])
        for scope in scopes:
            called = set(partners.loc[partners["place"].isin(scope.places), "partner"])
            answers = grouped(solved, scope, "problem")
            found += list(_rows(scope, level, members, voices, answers, called))
    key = [*_SCOPE, "code"]
    table = pd.DataFrame(found, columns=[*key, *_ROW]).astype(dict.fromkeys(key, "str"))
    beside = hard.rename(columns={"net": "solvable", "coverage": "salience"})
    beside = beside.drop(columns=["n_easy", "n_hard"]).rename(
        columns={"n_easy_speakers": "n_easy", "n_hard_speakers": "n_hard"}
    )
    table = table.merge(beside[[*key, "n_scope", "solvable", "salience", "n_easy", "n_hard"]], on=key)
    return check(_ranked(table), MOBILISING)


_ROW = (
    "n_types",
    "n_types_present",
    "types",
    "breadth",
    "breadth_share",
    "n_solutions",
    "n_solution_speakers",
    "n_partners",
    "partners",
)


def hill_number(shares: Floats) -> float:
    """Return Hill's number of order 1 of shares that need not add up to 1; 0 where all are 0.

    Notes
    -----
    M. O. Hill, "Diversity and evenness", Ecology 54 (1973): the exponential of Shannon's entropy.

    Examples
    --------
    >>> import numpy as np
    >>> round(hill_number(np.array([0.5, 0.5, 0.0])), 6), hill_number(np.zeros(3))
    (2.0, 0.0)
    """
    kept = shares[shares > 0]
    if not len(kept):
        return 0.0
    q = kept / kept.sum()
    return float(np.exp(-(q * np.log(q)).sum()))


def _voices(study: StudyTables, held: pd.DataFrame, found: list[Talk]) -> _Voices:
    """Return who named which problem of the level of these talks, and who did so on their own account."""
    people = people_who_count(study.speakers, held)
    row_of = {place: number for number, place in enumerate(dict.fromkeys(held["place"]))}
    home = people["session_id"].map(held.set_index("session_id")["place"])
    order = np.concatenate([np.flatnonzero(home == talk.scope["place"]) for talk in found] or [np.zeros(0, np.intp)])
    n_codes = len(found[0].codes) if found else 0
    nothing = np.zeros((0, n_codes), dtype=np.bool_)
    named = np.concatenate([nothing, *(talk.named for talk in found)])
    given = np.concatenate([nothing, *(talk.prompted | talk.echo for talk in found)])
    institutions = people["institution"].astype(object).where(people["institution"].notna(), None).to_numpy()[order]
    return _Voices(institutions, home.map(row_of).to_numpy(dtype=int)[order], named, named & ~given)


def _rows(
    scope: Scope,
    level: str,
    members: dict[str, set[str]],
    voices: _Voices,
    answers: dict[tuple[Any, ...], list[Any]],
    called: set[str],
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a scope and level."""
    here = np.isin(voices.places, scope.places)
    who = voices.institutions[here]
    types = sorted({name for name in who if name is not None})
    of_type = np.array([who == name for name in types]).reshape(len(types), len(who))
    sizes = of_type.sum(axis=1)
    for number, (code, leaves) in enumerate(members.items()):
        counts = of_type @ voices.unprompted[here, number]
        named = of_type @ voices.named[here, number]
        breadth = hill_number(counts / sizes) if types else None
        linked = [row for leaf in leaves for row in answers.get((leaf,), ())]
        drawn_in = [name for name, n in zip(types, named, strict=True) if n and name in called]
        yield scope.columns | {
            "level": level,
            "code": code,
            "n_types": int((counts > 0).sum()),
            "n_types_present": len(types),
            "types": ";".join(name for name, n in zip(types, counts, strict=True) if n),
            "breadth": breadth,
            "breadth_share": None if breadth is None else breadth / len(types),
            "n_solutions": distinct(linked, "other"),
            "n_solution_speakers": distinct(linked, "session_id", "speaker"),
            "n_partners": len(drawn_in),
            "partners": ";".join(drawn_in) or None,
        }


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their ranks within scope and level, and whether any other is better in all."""
    groups = table.groupby(_SCOPE, dropna=False, sort=False)
    ranks = {name: groups[column].rank(ascending=False) for name, column in _RANKED.items()}
    beaten = np.zeros(len(table), dtype=np.bool_)
    for at in groups.indices.values():
        values = table.iloc[at][_WEIGHED].to_numpy(dtype=float)
        values = np.where(np.isnan(values), -np.inf, values)
        as_good = (values[:, None, :] >= values[None, :, :]).all(axis=2)
        beaten[at] = (as_good & ~as_good.T).any(axis=0)
    return table.assign(**ranks, undominated=~beaten)
