"""Result tables of institutions, drawn at random from a seed: of 1, 8, 40 gminas, 3 or 16 problems."""

from itertools import permutations, product

import numpy as np
import pandas as pd

from focus_analysis import schemas_networks as schemas
from focus_analysis.codebook import Codebook
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.resources import resource
from focus_analysis.schemas import check

CODEBOOK: Codebook = read_codebook(resource("codebooks/social_problems.yaml"))
CODES = CODEBOOK.codes
INSTITUTIONS = list(CODES.loc[CODES["group"] == "institutions", "code"])
PROBLEMS = list(CODES.loc[(CODES["group"] == "problems") & ~CODES["code"].isin(CODES["parent"]), "code"])
SOLUTIONS = list(CODES.loc[CODES["group"] == "solutions", "code"])
REGIONS = ("podkarpackie", "świętokrzyskie")
NAMES = ("Bieliny", "Kazimierza Wielka", "Krościenko Wyżne", "Oksa", "Mirzec", "Sieniawa", "Łoniów", "Krempna")
STUDY = {"teryt": None, "gmina": None, "voivodeship": None}


def gminas(n):
    """Places: TERYT code, name and region, half of them in each region."""
    return [
        {
            "teryt": f"{18 if number % 2 else 26}{number:05d}",
            "gmina": NAMES[number] if number < len(NAMES) else f"Gmina Zmyślona {number}",
            "voivodeship": REGIONS[(number + 1) % 2],
        }
        for number in range(n)
    ]


def scopes(n):
    """Every scope of n gminas, with its number of gminas."""
    places = gminas(n)
    regions = [
        (STUDY | {"voivodeship": name}, sum(place["voivodeship"] == name for place in places)) for name in REGIONS
    ]
    return [(STUDY, n), *(pair for pair in regions if pair[1]), *((place, 1) for place in places)]


def participation(n, seed=1):
    """Who took part in n gminas: the welfare centre everywhere, the fire brigade nowhere."""
    draw = np.random.default_rng(seed)
    rows = []
    for place in gminas(n):
        there = {code: int(draw.integers(1, 3)) for code in INSTITUTIONS if draw.random() < 0.45} | {"gops": 2}
        there.pop("fire_brigade", None)
        for code in INSTITUTIONS:
            n_speakers = there.get(code, 0)
            words = int(draw.integers(0, 900)) if n_speakers and draw.random() > 0.15 else 0
            rows.append(
                place
                | {
                    "institution": code,
                    "present": bool(n_speakers),
                    "spoke": words > 0,
                    "n_speakers": n_speakers,
                    "n_turns": words // 30 + (words > 0),
                    "n_words": words,
                    "n_participants": sum(there.values()),
                    "n_unknown": 0,
                    "known": True,
                    "session_ids": place["gmina"],
                }
            )
    return check(pd.DataFrame(rows), schemas.PARTICIPATION)


def edges(n, density=0.12, seed=1):
    """Ties of all kinds in every scope of n gminas."""
    draw = np.random.default_rng(seed)
    rows = []
    for scope, n_scope in scopes(n):
        for relation in schemas.RELATION_KINDS:
            share = density * (2.5 if relation == "mentioned" else 1 if relation == "cooperates" else 0.3)
            for source, target in permutations(INSTITUTIONS, 2):
                directed = relation != "mentioned"
                if draw.random() > share * (4 if source == "gops" else 1) or (not directed and source > target):
                    continue
                opportunities = int(draw.integers(1, n_scope + 1))
                weight = int(np.clip(draw.geometric(2 / (n_scope + 2)), 1, opportunities))
                rows.append(
                    scope
                    | {
                        "source": source,
                        "target": target,
                        "relation": relation,
                        "directed": directed,
                        "n_gminas": weight,
                        "n_opportunities": opportunities,
                        "n_both_present": opportunities // 2,
                        "n_scope": n_scope,
                        "low": None,
                        "high": None,
                        "interval_kind": "none",
                        "one_gmina": weight == 1 and n_scope > 1,
                        "n_named": weight + 1,
                        "n_by_third": weight,
                        "gminas": "",
                    }
                )
    return check(pd.DataFrame(rows), schemas.EDGES)


def pairs(n, seed=1):
    """Barriers and information between institutions."""
    draw = np.random.default_rng(seed)
    rows = []
    for (scope, n_scope), about in product(scopes(n), schemas.TALKS):
        for source, target in permutations(INSTITUTIONS, 2):
            if draw.random() < (0.3 if source in {"gops", "police", "school"} else 0.03):
                opportunities = int(draw.integers(1, n_scope + 1))
                weight = int(draw.integers(1, opportunities + 1))
                rows.append(
                    scope
                    | {
                        "source": source,
                        "target": target,
                        "about": about,
                        "n_gminas": weight,
                        "n_opportunities": opportunities,
                        "n_scope": n_scope,
                        "n_turns": weight + 2,
                    }
                )
    return check(pd.DataFrame(rows), schemas.PAIRS)


def barrier_counts(n, seed=1):
    """Kinds of barriers: whoever tells of them, and by institution; nobody tells of the last kind."""
    draw = np.random.default_rng(seed)
    rows = []
    for (scope, n_scope), kind in product(scopes(n), schemas.BARRIER_KINDS[:-1]):
        for source in (None, *INSTITUTIONS[:6]):
            if source is None or draw.random() < 0.6:
                opportunities = n_scope if source is None else int(draw.integers(1, n_scope + 1))
                weight = int(draw.integers(1, opportunities + 1))
                rows.append(
                    scope
                    | {"source": source, "target": None, "kind": kind, "n_gminas": weight}
                    | {"n_opportunities": opportunities, "n_scope": n_scope}
                    | {"n_speakers": weight + 1, "n_turns": weight + 2}
                )
    return check(pd.DataFrame(rows), schemas.BARRIER_COUNTS)


def barrier_answers(n, seed=1):
    """Solutions spoken of with the first kinds of barriers."""
    draw = np.random.default_rng(seed)
    rows = [
        scope
        | {"kind": kind, "solution": solution, "n_gminas": int(draw.integers(1, n_scope + 1)), "n_scope": n_scope}
        | {"n_speakers": 2, "n_turns": 3}
        for (scope, n_scope), kind in product(scopes(n), schemas.BARRIER_KINDS[:3])
        for solution in SOLUTIONS[:4]
    ]
    return check(pd.DataFrame(rows), schemas.BARRIER_ANSWERS)


def difficulty(n, problems=16, seed=1):
    """How easy or hard the problems are said to be; the last was never called either."""
    draw = np.random.default_rng(seed)
    rows = []
    for scope, n_scope in scopes(n):
        for code in PROBLEMS[:problems]:
            silent = code == PROBLEMS[problems - 1]
            hard = 0 if silent else int(draw.binomial(n_scope, draw.beta(1, 1.3)))
            easy = 0 if silent else int(draw.binomial(n_scope, draw.beta(0.7, 2)))
            both = int(draw.integers(max(0, easy + hard - n_scope), min(easy, hard) + 1))
            linked = easy + hard - both
            net = (easy - hard) / linked if linked else None
            wide = n_scope > 1 and linked
            rows.append(
                scope
                | {
                    "level": "leaf",
                    "code": code,
                    "n_easy": easy,
                    "n_hard": hard,
                    "n_both": both,
                    "n_linked": linked,
                    "n_scope": n_scope,
                    "n_easy_speakers": 2 * easy,
                    "n_hard_speakers": 2 * hard,
                    "n_both_speakers": both,
                    "n_speakers": 2 * easy + 2 * hard - both,
                    "net": net,
                    "low": max(net - 0.3, -1) if wide else None,
                    "high": min(net + 0.3, 1) if wide else None,
                    "interval_kind": "confidence" if wide else "none",
                    "coverage": float(draw.beta(2, 5)),
                    "n_turn_links": linked,
                    "n_question_links": 0,
                }
            )
    return check(pd.DataFrame(rows), schemas.DIFFICULTY)


def solutions(n, problems=16, seed=1):
    """Which solutions are said for which problems, and whatever they answer."""
    draw = np.random.default_rng(seed)
    rows = []
    for scope, n_scope in scopes(n):
        for problem, solution in product([None, *PROBLEMS[:problems], "cooperation_barrier"], SOLUTIONS):
            weight = n_scope if problem is None else int(draw.binomial(n_scope, draw.beta(0.5, 2.5)))
            if weight:
                rows.append(
                    scope
                    | {
                        "problem": problem,
                        "solution": solution,
                        "n_gminas": weight,
                        "n_scope": n_scope,
                        "n_speakers": weight + 1,
                        "n_turns": weight + 2,
                        "n_turn_links": weight,
                        "n_exchange_links": 2,
                    }
                )
    return check(pd.DataFrame(rows), schemas.SOLUTIONS)


def mobilising(n, problems=16, seed=1):
    """The trade-off of the problems; two lie at one place, of one nobody said how hard it is."""
    draw = np.random.default_rng(seed)
    rows = []
    for scope, n_scope in scopes(n):
        present = int(draw.integers(6, 15))
        for number, code in enumerate(PROBLEMS[:problems]):
            types = int(draw.integers(0, present + 1))
            breadth = types * 0.9
            salience = float(np.clip(0.05 * types + draw.normal(0, 0.08), 0, 1))
            if number == 1:
                types, breadth, salience = rows[-1]["n_types"], rows[-1]["breadth"], rows[-1]["salience"]
            solvable = None if number == 2 else float(draw.choice([-1, -0.5, 0, 0.5, 1]))
            partners = int(draw.integers(0, 3))
            rows.append(
                scope
                | {
                    "level": "leaf",
                    "code": code,
                    "n_types": types,
                    "n_types_present": present,
                    "n_scope": n_scope,
                    "types": ";".join(INSTITUTIONS[:types]),
                    "breadth": breadth,
                    "breadth_share": breadth / present,
                    "salience": salience,
                    "n_easy": 0 if solvable is None else 2,
                    "n_hard": 0 if solvable is None else 2,
                    "solvable": solvable,
                    "n_solutions": int(draw.integers(0, 5)),
                    "n_solution_speakers": int(draw.integers(0, 9)),
                    "n_partners": partners,
                    "partners": ";".join(INSTITUTIONS[-partners:]) if partners else None,
                    "rank_breadth": 1.0,
                    "rank_salience": 1.0,
                    "rank_solvable": None if solvable is None else 1.0,
                    "rank_solutions": 1.0,
                    "rank_partners": 1.0,
                    "undominated": number in (0, 3),
                }
            )
    return check(pd.DataFrame(rows), schemas.MOBILISING)
