"""Who works with whom: ties of institutions, counted in gminas, with what they could have been counted in.

Each relation is a network of its own: co-mention is never added to cooperation. No betweenness and no communities:
a dozen institutions, chosen by invitation, telling of each other, bear none.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.analysis.scopes import PLACE, Scope, distinct, grouped, place_numbers, scopes_of
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check, rows
from focus_analysis.schemas_networks import EDGES, NETWORKS, NODES, PARTICIPATION, RELATION_KINDS, RELATIONS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Truths = NDArray[np.bool_]

DIRECTED = frozenset({"lacks", "wish"})
_RANGE = (2.5, 97.5)
_TIE = ("relation", "source", "target", "directed")


@dataclass(frozen=True)
class _Ground:
    """What ties are counted on.

    Parameters
    ----------
    ties : DataFrame
        Relations of two institutions, with the row of their place in ``places``.
    places : DataFrame
        From ``places_of``, as participation tells them.
    institutions : list of str
        All institutions, by the alphabet.
    present, known : ndarray of bool, shape (n_institutions, n_places)
        Where each took part; where each took part or is named in any relation.
    """

    ties: pd.DataFrame
    places: pd.DataFrame
    institutions: list[str]
    present: Truths
    known: Truths

    def of(self, held: Truths, institution: str, scope: Scope) -> Truths:
        """Return where an institution is present, or known, in the places of a scope."""
        where: Truths = held[self.institutions.index(institution), scope.places]
        return where


def cooperation(
    relations: pd.DataFrame,
    participation: pd.DataFrame,
    directed: bool | None = None,
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the ties of institutions in every gmina, in every region and in the whole study.

    Parameters
    ----------
    relations : DataFrame, schema ``RELATIONS``
        From ``find_relations``, or mended by hand. Those without a source stay out, and so do an institution's with
        itself.
    participation : DataFrame, schema ``PARTICIPATION``
        From ``participation``: which gminas there are, and who took part.
    directed : bool, optional
        Whether a tie from one to another is another than the one back. By default lacks and wishes have a direction,
        cooperation, conflict and co-mention none.
    resamples, seed : int
        Draws behind ``low`` and ``high``, and their seed: of the gminas that could name the tie, with replacement.

    Returns
    -------
    DataFrame, schema ``EDGES``
        The weight is the number of gminas that name the tie, not of mentions. ``low`` and ``high`` say how it varies
        with the gminas that were chosen ("sensitivity"); missing where a single gmina could name the tie.

    Raises
    ------
    ArgumentError
        ``resamples`` is below 1.
    """
    import pandas as pd

    if resamples < 1:
        raise ArgumentError(f"cooperation: resamples must be 1 or more; got {resamples}")
    ground = _ground(relations, participation)
    known = {session for ids in ground.places["session_ids"] for session in ids}
    strange = sorted(set(relations["session_id"]) - known)
    if strange:
        warnings.warn(
            f"cooperation: left out, for participation has no such session: {', '.join(strange)}", stacklevel=2
        )
    ties = rows(_turned(ground.ties, directed))
    found = [
        row
        for scope in scopes_of(ground.places)
        for row in _edges(grouped(ties, scope, *_TIE), ground, scope, resamples, seed)
    ]
    return check(pd.DataFrame(found, columns=EDGES.names), EDGES)


def network_nodes(relations: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return how each institution stands in each network: its ties, who names it, and whether it has none.

    Parameters
    ----------
    relations, participation : DataFrame
        As for ``cooperation``.

    Returns
    -------
    DataFrame, schema ``NODES``
        Institutions that took part or are named. ``in_degree_by_others`` leaves out what an institution says of
        itself: those in the room can name themselves.
    """
    import pandas as pd

    ground = _ground(relations, participation)
    found = [
        row
        for scope, relation, ties in _networks(ground, scopes_of(ground.places))
        for row in _nodes(scope, relation, ties, ground)
    ]
    return check(pd.DataFrame(found, columns=NODES.names), NODES)


def network_summary(relations: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return how dense and how mutual each network is.

    Parameters
    ----------
    relations, participation : DataFrame
        As for ``cooperation``.

    Returns
    -------
    DataFrame, schema ``NETWORKS``
        A tie is mutual where both directions are named in the same gmina; pooled over gminas, one's word in one and
        the other's in another would count as mutual.
    """
    import pandas as pd

    ground = _ground(relations, participation)
    found = [
        _summary(scope, relation, ties, ground) for scope, relation, ties in _networks(ground, scopes_of(ground.places))
    ]
    return check(pd.DataFrame(found, columns=NETWORKS.names), NETWORKS)


def _ground(relations: pd.DataFrame, participation: pd.DataFrame) -> _Ground:
    """Return the ties and places of two tables."""
    told, held = check(relations, RELATIONS), check(participation, PARTICIPATION)
    places = held.drop_duplicates(PLACE)[[*PLACE, "session_ids"]].reset_index(drop=True)
    places["session_ids"] = places["session_ids"].str.split(";")
    told = told.assign(place=place_numbers(told["session_id"], places))
    told = told[told["place"] >= 0]
    ties = told[told["source"].notna() & (told["source"] != told["target"])]
    institutions = sorted({*held["institution"], *told["source"].dropna(), *told["target"]})
    present = np.zeros((len(institutions), len(places)), dtype=np.bool_)
    number = {name: row for row, name in enumerate(institutions)}
    took_part = held[held["present"]]
    column = {session: place for place, ids in enumerate(places["session_ids"]) for session in ids[:1]}
    for institution, ids in zip(took_part["institution"], took_part["session_ids"], strict=True):
        present[number[institution], column[ids.split(";")[0]]] = True
    known = present.copy()
    for side in ("source", "target"):
        named = told.dropna(subset=[side])
        known[[number[name] for name in named[side]], named["place"]] = True
    return _Ground(ties, places, institutions, present, known)


def _turned(ties: pd.DataFrame, directed: bool | None) -> pd.DataFrame:
    """Return ties with source and target by the alphabet where they have no direction."""
    has = ties["relation"].isin(DIRECTED) if directed is None else np.full(len(ties), directed)
    turn = ~has & (ties["source"] > ties["target"])
    source, target = ties["source"].mask(turn, ties["target"]), ties["target"].mask(turn, ties["source"])
    return ties.assign(source=source, target=target, directed=has)


def _edges(
    ties: dict[tuple[Any, ...], list[Any]], ground: _Ground, scope: Scope, resamples: int, seed: int
) -> Iterator[dict[str, Any]]:
    """Yield the edges of a scope, with the weightiest of each relation first."""
    n_scope = len(scope.places)
    keys = sorted(ties, key=lambda key: (RELATION_KINDS.index(key[0]), -distinct(ties[key], "place"), key))
    if not keys:
        return
    random = np.random.default_rng(seed)
    for key in keys:
        relation, source, target, has_direction = key
        named = np.isin(scope.places, [row.place for row in ties[key]])
        both_known = ground.of(ground.known, source, scope) & ground.of(ground.known, target, scope)
        both_present = ground.of(ground.present, source, scope) & ground.of(ground.present, target, scope)
        third = [row for row in ties[key] if row.named_by not in (None, source, target)]
        n_could = int((both_known | named).sum())
        low, high = (None, None)
        if n_could > 1:
            drawn = random.binomial(n_could, named.sum() / n_could, size=resamples)
            low, high = np.percentile(drawn, _RANGE)
        yield scope.columns | {
            "source": source,
            "target": target,
            "relation": relation,
            "directed": has_direction,
            "n_gminas": named.sum(),
            "n_opportunities": both_known.sum(),
            "n_both_present": both_present.sum(),
            "n_scope": n_scope,
            "low": low,
            "high": high,
            "interval_kind": "sensitivity" if n_could > 1 else "none",
            "one_gmina": named.sum() == 1 and n_scope > 1,
            "n_named": distinct(ties[key], "session_id", "turn"),
            "n_by_third": distinct(third, "place"),
            "gminas": "; ".join(ground.places["gmina"].iloc[scope.places[named]]),
        }


def _networks(ground: _Ground, scopes: list[Scope]) -> Iterator[tuple[Scope, str, list[Any]]]:
    """Yield every network of every scope: its relation and its ties."""
    ties = rows(ground.ties)
    relations = [name for name in RELATION_KINDS if (ground.ties["relation"] == name).any()]
    for scope in scopes:
        found = grouped(ties, scope, "relation")
        for relation in relations:
            yield scope, relation, found.get((relation,), [])


def _nodes(scope: Scope, relation: str, ties: list[Any], ground: _Ground) -> Iterator[dict[str, Any]]:
    """Yield the rows of one network."""
    neighbours, out, into, by_others, tied_in = (defaultdict(set) for _ in range(5))
    pairs = set()
    for tie in ties:
        out[tie.source].add(tie.target)
        into[tie.target].add(tie.source)
        if tie.named_by not in (None, tie.target):
            by_others[tie.target].add(tie.source)
        for one, other in ((tie.source, tie.target), (tie.target, tie.source)):
            neighbours[one].add(other)
            tied_in[one].add(tie.place)
            pairs.add((tie.place, one, other))
    strength = Counter(one for _, one, _ in pairs)
    for institution in ground.institutions:
        known = ground.of(ground.known, institution, scope)
        if known.any():
            yield scope.columns | {
                "institution": institution,
                "relation": relation,
                "degree": len(neighbours[institution]),
                "strength": strength[institution],
                "out_degree": len(out[institution]),
                "in_degree": len(into[institution]),
                "in_degree_by_others": len(by_others[institution]),
                "n_gminas": len(tied_in[institution]),
                "n_present": ground.of(ground.present, institution, scope).sum(),
                "n_opportunities": known.sum(),
                "n_scope": len(scope.places),
                "isolate": not neighbours[institution],
            }


def _summary(scope: Scope, relation: str, ties: list[Any], ground: _Ground) -> dict[str, Any]:
    """Return the row of one network."""
    pairs = {frozenset((tie.source, tie.target)) for tie in ties}
    tied = {institution for pair in pairs for institution in pair}
    n_institutions = int(ground.known[:, scope.places].any(axis=1).sum())
    ways = {(tie.place, tie.source, tie.target) for tie in ties}
    dyads = {(place, frozenset(pair)) for place, *pair in ways}
    possible = len(tied) * (len(tied) - 1) / 2
    n_mutual = len(ways) - len(dyads)
    return scope.columns | {
        "relation": relation,
        "n_institutions": n_institutions,
        "n_ties": len(pairs),
        "density": len(pairs) / possible if possible else None,
        "n_dyads": len(dyads),
        "n_reciprocated": n_mutual,
        "reciprocity": n_mutual / len(dyads) if dyads else None,
        "n_isolates": n_institutions - len(tied),
        "n_scope": len(scope.places),
    }
