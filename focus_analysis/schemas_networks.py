"""Tables of institutions and of what belongs together: who took part, who works with whom, what is hard, what helps.

Rows with a gmina speak of it; rows with a region and no gmina of the region; rows with neither of the whole study.
``n_gminas`` counts the gminas of which the row's statement holds, ``n_scope`` all gminas of the scope.
"""

from __future__ import annotations

from focus_analysis.schemas import CODER_KINDS, INTERVAL_KINDS, PLACE_AND_CODE, Column, Table

RELATION_KINDS = ("cooperates", "lacks", "conflict", "wish", "mentioned")
VALENCES = {"cooperates": 1, "wish": 0, "mentioned": 0, "lacks": -1, "conflict": -1}
BASES = ("turn", "question", "exchange")
TALKS = ("barrier", "information", "information_blocked")
OTHER_BARRIER = "other"
BARRIER_KINDS = (
    *("information", "data_protection", "regulations", "competence", "time"),
    *("staff", "money", "distance", "will", OTHER_BARRIER),
)

_PLACE = PLACE_AND_CODE[:3]
_PLACE_KEY = ("teryt", "gmina", "voivodeship")
_GMINA = (
    Column("teryt", "text", "its TERYT code", nullable=True),
    Column("gmina", "text", "name of the gmina (session_id where unknown)"),
    Column("voivodeship", "text", "its region", nullable=True),
)

PARTICIPATION = Table(
    "participation",
    ("teryt", "gmina", "voivodeship", "institution"),
    (
        *_GMINA,
        Column("institution", "text", "id of the institution"),
        Column("present", "truth", "whether a participant of it took part"),
        Column("spoke", "truth", "whether one of them spoke"),
        Column("n_speakers", "integer", "its participants"),
        Column("n_turns", "integer", "their turns"),
        Column("n_words", "integer", "their words"),
        Column("n_participants", "integer", "participants of the gmina with a row of their own, all institutions"),
        Column("n_unknown", "integer", "those of them whose institution is not known: an absence may be theirs"),
        Column("known", "truth", "whether the institution of any participant of the gmina is known"),
        Column("session_ids", "text", "sessions of the gmina, joined by ';'"),
    ),
)

ATTENDANCE = Table(
    "attendance",
    ("voivodeship", "institution"),
    (
        Column("voivodeship", "text", "region of the row, missing for the whole study", nullable=True),
        Column("institution", "text", "id of the institution"),
        Column("n_present", "integer", "gminas in which it took part"),
        Column("n_spoke", "integer", "gminas in which it spoke"),
        Column("n_scope", "integer", "gminas in which the institution of any participant is known"),
        Column("everywhere", "truth", "whether it took part in all of them"),
        Column("nowhere", "truth", "whether it took part in none of them"),
    ),
)

LINKS = Table(
    "links",
    ("session_id", "turn", "problem", "other"),
    (
        Column("session_id", "text", "id of the session"),
        Column("turn", "integer", "number of the turn in which the difficulty or solution is said"),
        Column("problem", "text", "id of the problem, or cooperation_barrier, that it belongs to"),
        Column("other", "text", "id of the difficulty or solution code"),
        Column("problem_turn", "integer", "number of the turn in which the problem is named"),
        Column(
            "basis",
            "text",
            "turn: both in one turn; question: the question asks it and the turn names the problem; exchange: the "
            "problem was named right before, by another",
            values=BASES,
        ),
        Column("evidence", "text", "the words behind both ends", nullable=True),
        Column("coder_kind", "text", "what kind of coder", values=CODER_KINDS),
    ),
)

RELATIONS = Table(
    "relations",
    ("session_id", "turn", "source", "target", "relation"),
    (
        Column("session_id", "text", "id of the session"),
        Column("turn", "integer", "number of the turn"),
        Column("named_by", "text", "institution of the speaker", nullable=True),
        Column("source", "text", "institution that acts: the speaker's, or one named", nullable=True),
        Column("target", "text", "institution named"),
        Column("relation", "text", "what is said of the two", values=RELATION_KINDS),
        Column("valence", "integer", "1 good, -1 bad, 0 neither: follows from the relation"),
        Column("start", "integer", "first character of the evidence in the turn's text"),
        Column("end", "integer", "character after the last"),
        Column("evidence", "text", "the cue and the words", nullable=True),
        Column("coder_kind", "text", "what kind of coder", values=CODER_KINDS),
    ),
)

EDGES = Table(
    "edges",
    (*_PLACE_KEY, "source", "target", "relation"),
    (
        *_PLACE,
        Column("source", "text", "id of an institution; of a tie without direction the first by the alphabet"),
        Column("target", "text", "id of the other"),
        Column("relation", "text", "what is said of the two", values=RELATION_KINDS),
        Column("directed", "truth", "whether source and target stand in the order of acting and being named"),
        Column("n_gminas", "integer", "gminas in which the tie is named: its weight"),
        Column("n_opportunities", "integer", "gminas in which each of the two took part or is named at all"),
        Column("n_both_present", "integer", "gminas in which both took part"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("low", "number", "2.5th percentile of the weight over draws of the gminas", nullable=True),
        Column("high", "number", "97.5th percentile", nullable=True),
        Column("interval_kind", "text", "what the interval is", values=INTERVAL_KINDS),
        Column("one_gmina", "truth", "whether the tie rests on one gmina, where the scope has several"),
        Column("n_named", "integer", "turns that name it"),
        Column("n_by_third", "integer", "gminas in which a speaker of neither institution names it"),
        Column("gminas", "text", "gminas that name it, joined by '; '"),
    ),
)

NODES = Table(
    "nodes",
    (*_PLACE_KEY, "institution", "relation"),
    (
        *_PLACE,
        Column("institution", "text", "id of the institution"),
        Column("relation", "text", "network", values=RELATION_KINDS),
        Column("degree", "integer", "institutions tied to it"),
        Column("strength", "integer", "sum of the weights of its ties"),
        Column("out_degree", "integer", "institutions that it is said to work with (to lack, …)"),
        Column("in_degree", "integer", "institutions that are said to do so with it"),
        Column("in_degree_by_others", "integer", "the same, by the word of others than its own people"),
        Column("n_gminas", "integer", "gminas in which it has a tie"),
        Column("n_present", "integer", "gminas in which it took part"),
        Column("n_opportunities", "integer", "gminas in which it took part or is named at all"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("isolate", "truth", "took part or is named, and has no tie"),
    ),
)

NETWORKS = Table(
    "networks",
    (*_PLACE_KEY, "relation"),
    (
        *_PLACE,
        Column("relation", "text", "network", values=RELATION_KINDS),
        Column("n_institutions", "integer", "institutions that took part or are named at all"),
        Column("n_ties", "integer", "pairs of institutions with a tie in either direction"),
        Column("density", "number", "ties of the possible pairs of institutions with a tie", nullable=True),
        Column("n_dyads", "integer", "pairs with a tie, counted in each gmina by itself"),
        Column("n_reciprocated", "integer", "those of them named in both directions in that gmina"),
        Column("reciprocity", "number", "n_reciprocated / n_dyads", nullable=True),
        Column("n_isolates", "integer", "institutions without a tie"),
        Column("n_scope", "integer", "gminas of the scope"),
    ),
)

PAIRS = Table(
    "pairs",
    (*_PLACE_KEY, "source", "target", "about"),
    (
        *_PLACE,
        Column("source", "text", "institution of the speaker"),
        Column("target", "text", "institution named in the same turn"),
        Column("about", "text", "what the turn speaks of", values=TALKS),
        Column("n_gminas", "integer", "gminas in which that is said"),
        Column("n_opportunities", "integer", "gminas in which the source took part"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("n_turns", "integer", "turns that say it"),
    ),
)

BARRIERS = Table(
    "barriers",
    ("session_id", "turn", "kind"),
    (
        Column("session_id", "text", "id of the session"),
        Column("turn", "integer", "number of the turn"),
        Column("kind", "text", "what stands between institutions; other where no cue tells", values=BARRIER_KINDS),
        Column("start", "integer", "first character of the words that tell it"),
        Column("end", "integer", "character after the last"),
        Column("evidence", "text", "the cue and the words", nullable=True),
        Column("coder_kind", "text", "what kind of coder", values=CODER_KINDS),
    ),
)

BARRIER_COUNTS = Table(
    "barrier_counts",
    (*_PLACE_KEY, "source", "target", "kind"),
    (
        *_PLACE,
        Column("source", "text", "institution of the speakers; missing: whoever speaks", nullable=True),
        Column("target", "text", "institution named in the same turn; missing: whoever is named", nullable=True),
        Column("kind", "text", "what stands between institutions", values=BARRIER_KINDS),
        Column("n_gminas", "integer", "gminas in which that is said"),
        Column("n_opportunities", "integer", "gminas in which the source took part; all where it is missing"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("n_speakers", "integer", "participants who say it"),
        Column("n_turns", "integer", "turns that say it"),
    ),
)

BARRIER_ANSWERS = Table(
    "barrier_answers",
    (*_PLACE_KEY, "kind", "solution"),
    (
        *_PLACE,
        Column("kind", "text", "kind of barrier that the solution answers", values=BARRIER_KINDS),
        Column("solution", "text", "id of the solution's code"),
        Column("n_gminas", "integer", "gminas in which a participant says so"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("n_speakers", "integer", "participants who say so"),
        Column("n_turns", "integer", "turns that say so"),
    ),
)

OCCASIONAL = Table(
    "occasional",
    (*_PLACE_KEY, "institution"),
    (
        *_PLACE,
        Column("institution", "text", "institution named in turns about occasional partners, not the speaker's own"),
        Column("n_gminas", "integer", "gminas in which it is called an occasional partner"),
        Column("n_present", "integer", "gminas in which it took part in the interview"),
        Column("n_tied", "integer", "gminas in which it is said to cooperate with another"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("only_occasional", "truth", "whether nobody of the scope says that it cooperates"),
        Column("n_turns", "integer", "turns that say it"),
    ),
)

DIFFICULTY = Table(
    "difficulty",
    (*_PLACE_KEY, "level", "code"),
    (
        *PLACE_AND_CODE,
        Column("n_easy", "integer", "gminas in which a participant calls it easy"),
        Column("n_hard", "integer", "gminas in which a participant calls it hard"),
        Column("n_both", "integer", "gminas in which it is called both"),
        Column("n_linked", "integer", "gminas in which it is called either: the denominator of net"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("n_easy_speakers", "integer", "participants who call it easy"),
        Column("n_hard_speakers", "integer", "participants who call it hard"),
        Column("n_both_speakers", "integer", "participants who call it both"),
        Column("n_speakers", "integer", "participants who call it either"),
        Column(
            "net",
            "number",
            "from -1 (hard) to 1 (easy): easy less hard, of gminas (of speakers in a gmina's row)",
            nullable=True,
        ),
        Column("low", "number", "lower end of Newcombe's interval of net; none for a gmina", nullable=True),
        Column("high", "number", "its upper end", nullable=True),
        Column("interval_kind", "text", "what the interval is", values=INTERVAL_KINDS),
        Column("coverage", "number", "salience of the problem: mean share of participants who named it", nullable=True),
        Column("n_turn_links", "integer", "links by the same turn"),
        Column("n_question_links", "integer", "links by the topic-guide question"),
    ),
)

SOLUTIONS = Table(
    "solutions",
    (*_PLACE_KEY, "problem", "solution"),
    (
        *_PLACE,
        Column("problem", "text", "problem or barrier that it answers; missing: whatever it answers", nullable=True),
        Column("solution", "text", "id of the solution's code"),
        Column("n_gminas", "integer", "gminas in which a participant says so"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("n_speakers", "integer", "participants who say so"),
        Column("n_turns", "integer", "turns that say so"),
        Column("n_turn_links", "integer", "those of them that name the problem themselves"),
        Column("n_exchange_links", "integer", "those that follow another's turn that names it"),
    ),
)

SOLUTION_VOICES = Table(
    "solution_voices",
    (*_PLACE_KEY, "institution", "solution"),
    (
        *_PLACE,
        Column("institution", "text", "institution of the speakers"),
        Column("solution", "text", "id of the solution's code"),
        Column("n_gminas", "integer", "gminas in which somebody of it says so"),
        Column("n_opportunities", "integer", "gminas in which it took part"),
        Column("n_speakers", "integer", "its participants who say so"),
        Column("n_present", "integer", "its participants in the scope"),
    ),
)

INSTITUTION_PROBLEMS = Table(
    "institution_problems",
    (*_PLACE_KEY, "institution", "code"),
    (
        *_PLACE,
        Column("institution", "text", "institution of the speakers"),
        Column("code", "text", "id of the problem"),
        Column("n_gminas", "integer", "gminas in which somebody of it named the problem"),
        Column("n_opportunities", "integer", "gminas in which it took part"),
        Column("expected", "number", "count that the margins of the table would give", nullable=True),
        Column("residual", "number", "adjusted standardised residual: a reading aid, no test", nullable=True),
    ),
)

MOBILISING = Table(
    "mobilising",
    (*_PLACE_KEY, "level", "code"),
    (
        *PLACE_AND_CODE,
        Column("n_types", "integer", "institution types of which somebody named the problem unprompted"),
        Column("n_types_present", "integer", "institution types that took part: the opportunity"),
        Column("n_scope", "integer", "gminas of the scope"),
        Column("types", "text", "those that named it, joined by ';'"),
        Column(
            "breadth",
            "number",
            "how many types named it evenly: Hill number (order 1) of the shares of each type's participants who did; "
            "from 1 to n_types, 0 where none did",
            nullable=True,
        ),
        Column(
            "breadth_share", "number", "breadth / n_types_present: corrected for who was in the room", nullable=True
        ),
        Column("salience", "number", "coverage: share of participants who named it", nullable=True),
        Column("n_easy", "integer", "participants who call it easy to solve"),
        Column("n_hard", "integer", "participants who call it hard"),
        Column("solvable", "number", "net position of difficulty, -1 hard to 1 easy", nullable=True),
        Column("n_solutions", "integer", "solution codes voiced for it"),
        Column("n_solution_speakers", "integer", "participants who voiced one for it"),
        Column("n_partners", "integer", "institutions called occasional partners of which a participant named it"),
        Column("partners", "text", "these institutions, joined by ';'", nullable=True),
        Column("rank_breadth", "number", "mid-rank of breadth_share, 1 the broadest", nullable=True),
        Column("rank_salience", "number", "mid-rank of salience", nullable=True),
        Column("rank_solvable", "number", "mid-rank of solvable, 1 the easiest; none where nobody said", nullable=True),
        Column("rank_solutions", "number", "mid-rank of n_solution_speakers", nullable=True),
        Column("rank_partners", "number", "mid-rank of n_partners", nullable=True),
        Column(
            "undominated",
            "truth",
            "whether no other problem has ranks as good in breadth, salience and solvable, and one better",
        ),
    ),
)
