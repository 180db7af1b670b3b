"""A small network worked by hand: who names whom in four gminas, and what it comes to."""

import pandas as pd

from focus_analysis.analysis.participation import participation
from focus_analysis.schemas_networks import RELATIONS, VALENCES
from tests.builders import codes, corpus, group

INSTITUTIONS = ("OPS", "PUP", "Parafia", "Policja", "Szkola")
TIES = [
    *(("G1", "OPS", "Policja"), ("G1", "OPS", "Szkola"), ("G1", "Szkola", "OPS")),
    *(("G2", "OPS", "Policja"), ("G2", "Policja", "OPS"), ("G2", "OPS", "Parafia")),
    *(("G3", "OPS", "Policja"), ("G3", "OPS", "PUP"), ("G3", "Szkola", "Policja")),
    *(("G4", "OPS", "Szkola"), ("G4", "Parafia", "OPS"), ("G4", "OPS", "Policja")),
]
WEIGHTS = {
    ("OPS", "PUP"): 1,
    ("OPS", "Parafia"): 2,
    ("OPS", "Policja"): 4,
    ("OPS", "Szkola"): 2,
    ("Policja", "Szkola"): 1,
}
DEGREE = {"OPS": 4, "PUP": 1, "Parafia": 1, "Policja": 2, "Szkola": 2}
STRENGTH = {"OPS": 9, "PUP": 1, "Parafia": 2, "Policja": 5, "Szkola": 3}
OUT_DEGREE = {"OPS": 4, "PUP": 0, "Parafia": 1, "Policja": 1, "Szkola": 2}
IN_DEGREE = {"OPS": 3, "PUP": 1, "Parafia": 1, "Policja": 2, "Szkola": 1}


def relations(*rows):
    """Relations, each (session, source, target) or with a relation and who named it."""
    filled = [
        {
            "session_id": session,
            "turn": turn,
            "named_by": more[1] if len(more) > 1 else source,
            "source": source,
            "target": target,
            "relation": more[0] if more else "cooperates",
            "valence": VALENCES[more[0] if more else "cooperates"],
            "start": 0,
            "end": 1,
            "evidence": None,
            "coder_kind": "human",
        }
        for turn, (session, source, target, *more) in enumerate(rows, 1)
    ]
    return pd.DataFrame(filled, columns=RELATIONS.names)


def study(present=INSTITUTIONS, sessions=("G1", "G2", "G3", "G4"), regions=("X", "X", "Y", "Y")):
    """Groups in which somebody of each of these institutions spoke."""
    people = {f"R{number}": name for number, name in enumerate(present)}
    said = ["M: No?", *(f"{label}: Tak." for label in people)]
    return corpus(
        *(
            group(session, *said, institutions=people, voivodeship=region)
            for session, region in zip(sessions, regions, strict=True)
        )
    )


def took_part(*present, **options):
    """The participation of such groups."""
    return participation(study(present or INSTITUTIONS, **options), codes(*INSTITUTIONS, group="institutions"))
