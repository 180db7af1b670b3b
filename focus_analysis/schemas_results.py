"""Tables of results over codes, groups and regions: their columns, types, units and keys."""

from __future__ import annotations

from focus_analysis.schemas import LEVELS, PLACE_AND_CODE, ROLES, Column, Table

POSITIONS = ("first", "last", "named")
QUANTIFIERS = ("all", "almost_all", "large_majority", "majority", "about_half", "minority", "single", "none")
ABOUT = (*POSITIONS, "difference")
VARIED = ("measures", "left_out", "drawn")
VERDICTS = ("consistent", "consistent_with_ties", "not_consistent", "too_few_groups")

COMPARISONS = Table(
    "comparisons",
    ("code", "measure", "group_a", "group_b"),
    (
        Column("code", "text", "id of the code"),
        Column("measure", "text", "name of the measure"),
        Column("group_a", "text", "one region"),
        Column("group_b", "text", "the other region"),
        Column("n_a", "integer", "groups of region a with a value"),
        Column("n_b", "integer", "groups of region b with a value"),
        Column("mean_a", "number", "mean over the groups of region a", nullable=True),
        Column("mean_b", "number", "mean over the groups of region b", nullable=True),
        Column("difference", "number", "mean_a - mean_b", nullable=True),
        Column("low", "number", "lower end of Welch's interval of the difference", nullable=True),
        Column("high", "number", "upper end of Welch's interval", nullable=True),
        Column("low_permutation", "number", "lower end of the inverted permutation interval", nullable=True),
        Column("high_permutation", "number", "upper end of the inverted permutation interval", nullable=True),
        Column("p", "number", "permutation p, two-sided; missing where all values are equal", nullable=True),
        Column("p_adjusted", "number", "p after Benjamini and Hochberg over all rows", nullable=True),
        Column("cliffs_delta", "number", "share of pairs with a above b, less those below", nullable=True),
        Column("cliffs_delta_low", "number", "lower end of the interval of Feng and Cliff", nullable=True),
        Column("cliffs_delta_high", "number", "upper end of that interval", nullable=True),
        Column("method", "text", "how the row was computed"),
    ),
)

RANKINGS = Table(
    "rankings",
    ("code",),
    (
        Column("code", "text", "id of the code"),
        Column("n_groups", "integer", "groups in which it has a value (was asked)"),
        Column("mean", "number", "mean over those groups", nullable=True),
        Column("rank", "number", "mid-rank of the mean", nullable=True),
        Column("mean_rank", "number", "mean of its mid-ranks in the groups", nullable=True),
        Column("first_strict", "integer", "groups where it alone comes first", nullable=True),
        Column("first_tied", "integer", "groups where it comes first, alone or tied", nullable=True),
        Column("last_strict", "integer", "groups where it alone comes last", nullable=True),
        Column("last_tied", "integer", "groups where it comes last, alone or tied", nullable=True),
        Column("borda", "number", "mean number of codes beaten in a group, ties half", nullable=True),
        Column("set_low", "integer", "best rank of its 95% rank set", nullable=True),
        Column("set_high", "integer", "worst rank of its 95% rank set", nullable=True),
        Column("method", "text", "which codes were compared, and how"),
    ),
)

RANK_RANGES = Table(
    "rank_ranges",
    ("teryt", "gmina", "voivodeship", "level", "code", "measure", "varied"),
    (
        *PLACE_AND_CODE,
        Column("measure", "text", "measure that is ranked; 'several' where the measures vary"),
        Column("varied", "text", "what varies: measures, the speaker left out, or speakers drawn", values=VARIED),
        Column("rank", "number", "mid-rank as it stands (by coverage where the measures vary)", nullable=True),
        Column("rank_min", "number", "best rank (5th percentile where speakers are drawn)", nullable=True),
        Column("rank_median", "number", "median rank", nullable=True),
        Column("rank_max", "number", "worst rank (95th percentile where speakers are drawn)", nullable=True),
        Column("share_first", "number", "share of the variants in which it alone is first", nullable=True),
        Column("n_variants", "integer", "how many variants"),
        Column("n_participants", "integer", "participants in the denominator", nullable=True),
        Column("method", "text", "how the row was computed"),
    ),
)

CLAIM_FACTS = Table(
    "claim_facts",
    ("region", "position", "code"),
    (
        Column("region", "text", "region of the groups, missing for all", nullable=True),
        Column("position", "text", "first or last in a group, or named in it at all", values=POSITIONS),
        Column("code", "text", "id of the code"),
        Column("n_strict", "integer", "groups where it alone stands there"),
        Column("n_tied", "integer", "groups where it stands there, alone or tied"),
        Column("n_groups", "integer", "groups that were asked"),
        Column("quantifier_strict", "text", "class of n_strict", nullable=True, values=QUANTIFIERS),
        Column(
            "quantifier_tied", "text", "class of n_tied; missing below five groups", nullable=True, values=QUANTIFIERS
        ),
        Column("low", "number", "lower end of the exact 95% interval of n_strict", nullable=True),
        Column("high", "number", "its upper end", nullable=True),
        Column("stands", "number", "share of draws of groups in which the strict claim holds", nullable=True),
        Column("strict", "text", "those groups, joined by ';'"),
        Column("tied", "text", "groups where it is tied there, joined by ';'"),
        Column("against", "text", "counter-examples as 'group: codes there', joined by ';'"),
    ),
)

CLAIMS = Table(
    "claims",
    (),
    (
        Column("about", "text", "place of the code in the groups, or difference of regions", values=ABOUT),
        Column("region", "text", "region of the groups, missing for all; 'a / b' for a difference", nullable=True),
        Column("level", "text", "leaf: codes as they are; top: parents and codes without one", values=LEVELS),
        Column("code", "text", "id of the code; several joined by ';', missing for none", nullable=True),
        Column("sentence", "text", "what is claimed, with its counts"),
        Column("counter", "text", "where it is so, tied or otherwise; what was asked", nullable=True),
        Column("counter_brief", "text", "the same, the first few groups and how many more", nullable=True),
        Column("caution", "text", "how far it may be trusted", nullable=True),
        Column("n_strict", "integer", "groups where it holds without ties", nullable=True),
        Column("n_tied", "integer", "groups where it holds, ties counted", nullable=True),
        Column("n_groups", "integer", "groups that were asked", nullable=True),
        Column("quantifier", "text", "class of n_strict", nullable=True, values=QUANTIFIERS),
    ),
)

BEHIND = Table(
    "turns_behind",
    ("gmina", "teryt", "level", "code", "session_id", "turn"),
    (
        Column("gmina", "text", "name of the gmina (session_id where unknown)"),
        Column("teryt", "text", "its TERYT code", nullable=True),
        Column("level", "text", "leaf or top", values=LEVELS),
        Column("code", "text", "id of the code"),
        Column("session_id", "text", "id of the session"),
        Column("turn", "integer", "number of the turn"),
        Column("speaker", "text", "label of the speaker"),
        Column("role", "text", "participant: affirmed, and counted; moderator: named", values=ROLES),
        Column("unprompted", "truth", "by a participant who first named it unprompted, and as no echo of another"),
    ),
)
