"""focus_analysis: qualitative analysis of focus groups in Polish, from transcripts to a report.

The names below load their libraries when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from focus_analysis.analysis.agreement import Agreement, agreement
    from focus_analysis.analysis.barriers import barrier_answers, barrier_counts
    from focus_analysis.analysis.behind import turns_behind
    from focus_analysis.analysis.claims import claim_facts
    from focus_analysis.analysis.comparison import compare_coders
    from focus_analysis.analysis.cooperation import cooperation, network_nodes, network_summary
    from focus_analysis.analysis.corrected import corrected
    from focus_analysis.analysis.difficulty import difficulty
    from focus_analysis.analysis.disagreements import disagreements
    from focus_analysis.analysis.hints import hint_shares, talk_balance
    from focus_analysis.analysis.intervals import detectable_difference, proportion_interval
    from focus_analysis.analysis.keyness import keyness
    from focus_analysis.analysis.krippendorff import krippendorff_alpha
    from focus_analysis.analysis.measures import smith_s, sutrop_csi
    from focus_analysis.analysis.mobilising import hill_number, mobilising_problems
    from focus_analysis.analysis.orders import borda, bradley_terry, kemeny, kendall_w
    from focus_analysis.analysis.participation import attendance, participation
    from focus_analysis.analysis.partners import institution_pairs, occasional_partners
    from focus_analysis.analysis.power_law import fit_power_law
    from focus_analysis.analysis.ranking import rank_multiverse, to_matrix, to_regions
    from focus_analysis.analysis.ranksets import compare_codes, rank_problems, rank_sets
    from focus_analysis.analysis.regions import cliffs_delta, compare_all_regions, compare_regions
    from focus_analysis.analysis.residuals import adjusted_residuals, institution_problems
    from focus_analysis.analysis.salience import salience
    from focus_analysis.analysis.saturation import chao2, rarefaction, saturation
    from focus_analysis.analysis.sensitivity import rank_sensitivity
    from focus_analysis.analysis.solutions import solution_voices, solutions
    from focus_analysis.analysis.spans import span_agreement
    from focus_analysis.analysis.validation import plan_validation, validate
    from focus_analysis.claim_checking import ClaimCheck, check_claim
    from focus_analysis.claim_writing import caveats, claims
    from focus_analysis.codebook import Code, Codebook
    from focus_analysis.coders import code, default_coder, default_examples, default_transcripts
    from focus_analysis.coding.barriers import find_barriers
    from focus_analysis.coding.combined import LearnedCoder
    from focus_analysis.coding.concordance import kwic
    from focus_analysis.coding.coverage import codebook_coverage
    from focus_analysis.coding.differences import diff_codebooks
    from focus_analysis.coding.explain import Explanation, explain
    from focus_analysis.coding.hints import find_hints
    from focus_analysis.coding.human import adjudicate, coding_changes, merge_codings, settle
    from focus_analysis.coding.links import find_links
    from focus_analysis.coding.relations import find_relations
    from focus_analysis.coding.review import next_to_review
    from focus_analysis.coding.spacy_docs import to_docs
    from focus_analysis.coding.storage import load_coder, save_coder
    from focus_analysis.coding.words import speaker_words
    from focus_analysis.corpus import Corpus
    from focus_analysis.errors import ArgumentError, CodebookError, FocusAnalysisError, ReadError, SchemaError
    from focus_analysis.guide import question_openings, with_questions
    from focus_analysis.io.change_log import log_changes
    from focus_analysis.io.code_pages import write_code_pages
    from focus_analysis.io.codebooks import read_codebook
    from focus_analysis.io.coding_sheet_reader import read_coding_sheet
    from focus_analysis.io.coding_sheet_writer import write_coding_sheet
    from focus_analysis.io.corpora import read_corpus
    from focus_analysis.io.diagnosis import diagnose
    from focus_analysis.io.examples import read_examples
    from focus_analysis.io.graphs import to_graph, write_graph
    from focus_analysis.io.networks import read_links, read_relations, write_links, write_relations
    from focus_analysis.io.opening import Limits
    from focus_analysis.io.transcripts import write_transcripts
    from focus_analysis.learning import bank_curve, learning_curve, learning_law, learning_outlook
    from focus_analysis.network_tables import networks
    from focus_analysis.pipeline import (
        HumanCodes,
        Inputs,
        analyse,
        default_codebook,
        default_guide,
        prepare_study,
        write_codings,
        write_report,
    )
    from focus_analysis.plots.agreement import plot_agreement
    from focus_analysis.plots.barriers import plot_barrier_kinds
    from focus_analysis.plots.claims import plot_claims
    from focus_analysis.plots.coders import plot_coders
    from focus_analysis.plots.confusion import plot_confusion
    from focus_analysis.plots.cooperation import plot_cooperation
    from focus_analysis.plots.corrected import plot_corrected
    from focus_analysis.plots.difficulty import plot_difficulty, plot_salience_difficulty
    from focus_analysis.plots.heatmap import plot_heatmap
    from focus_analysis.plots.learning import plot_learning_curve
    from focus_analysis.plots.map import plot_map
    from focus_analysis.plots.matrix import plot_barriers, plot_cooperation_matrix
    from focus_analysis.plots.mobilising import plot_mobilising
    from focus_analysis.plots.participation import plot_participation
    from focus_analysis.plots.ranges import plot_rank_ranges
    from focus_analysis.plots.ranking import plot_ranking
    from focus_analysis.plots.regions import plot_regions
    from focus_analysis.plots.saturation import plot_saturation
    from focus_analysis.plots.slopes import plot_rank_slopes
    from focus_analysis.plots.solutions import plot_solutions
    from focus_analysis.plots.voices import plot_dominance, plot_spontaneous
    from focus_analysis.refine import suggest_terms
    from focus_analysis.report.figures import save_figures
    from focus_analysis.report.highlight import highlight
    from focus_analysis.report.results import Results
    from focus_analysis.resources import resource
    from focus_analysis.sheet_writing import write_sheet

__version__ = "0.1.0"

_ROOMS = {
    "errors": ("ArgumentError", "CodebookError", "FocusAnalysisError", "ReadError", "SchemaError"),
    "resources": ("resource",),
    "corpus": ("Corpus",),
    "codebook": ("Code", "Codebook"),
    "io.corpora": ("read_corpus",),
    "io.diagnosis": ("diagnose",),
    "io.opening": ("Limits",),
    "io.transcripts": ("write_transcripts",),
    "io.codebooks": ("read_codebook",),
    "coders": ("code", "default_coder", "default_examples", "default_transcripts"),
    "coding.combined": ("LearnedCoder",),
    "coding.storage": ("load_coder", "save_coder"),
    "coding.review": ("next_to_review",),
    "learning": ("bank_curve", "learning_curve", "learning_law", "learning_outlook"),
    "analysis.comparison": ("compare_coders",),
    "analysis.power_law": ("fit_power_law",),
    "plots.coders": ("plot_coders",),
    "plots.learning": ("plot_learning_curve",),
    "io.code_pages": ("write_code_pages",),
    "io.examples": ("read_examples",),
    "io.change_log": ("log_changes",),
    "io.coding_sheet_reader": ("read_coding_sheet",),
    "io.coding_sheet_writer": ("write_coding_sheet",),
    "coding.concordance": ("kwic",),
    "coding.coverage": ("codebook_coverage",),
    "coding.differences": ("diff_codebooks",),
    "coding.explain": ("Explanation", "explain"),
    "coding.spacy_docs": ("to_docs",),
    "coding.hints": ("find_hints",),
    "coding.words": ("speaker_words",),
    "analysis.behind": ("turns_behind",),
    "analysis.claims": ("claim_facts",),
    "analysis.hints": ("hint_shares", "talk_balance"),
    "analysis.intervals": ("detectable_difference", "proportion_interval"),
    "analysis.keyness": ("keyness",),
    "analysis.measures": ("smith_s", "sutrop_csi"),
    "analysis.orders": ("borda", "bradley_terry", "kemeny", "kendall_w"),
    "analysis.ranking": ("rank_multiverse", "to_matrix", "to_regions"),
    "analysis.ranksets": ("compare_codes", "rank_problems", "rank_sets"),
    "analysis.regions": ("cliffs_delta", "compare_all_regions", "compare_regions"),
    "analysis.salience": ("salience",),
    "analysis.saturation": ("chao2", "rarefaction", "saturation"),
    "analysis.sensitivity": ("rank_sensitivity",),
    "coding.human": ("adjudicate", "coding_changes", "merge_codings", "settle"),
    "analysis.agreement": ("Agreement", "agreement"),
    "analysis.corrected": ("corrected",),
    "analysis.disagreements": ("disagreements",),
    "analysis.krippendorff": ("krippendorff_alpha",),
    "analysis.spans": ("span_agreement",),
    "analysis.validation": ("plan_validation", "validate"),
    "plots.agreement": ("plot_agreement",),
    "plots.confusion": ("plot_confusion",),
    "plots.claims": ("plot_claims",),
    "plots.corrected": ("plot_corrected",),
    "plots.heatmap": ("plot_heatmap",),
    "plots.map": ("plot_map",),
    "plots.ranges": ("plot_rank_ranges",),
    "plots.ranking": ("plot_ranking",),
    "plots.regions": ("plot_regions",),
    "plots.saturation": ("plot_saturation",),
    "plots.slopes": ("plot_rank_slopes",),
    "plots.cooperation": ("plot_cooperation",),
    "plots.difficulty": ("plot_difficulty", "plot_salience_difficulty"),
    "plots.barriers": ("plot_barrier_kinds",),
    "plots.matrix": ("plot_barriers", "plot_cooperation_matrix"),
    "plots.mobilising": ("plot_mobilising",),
    "plots.participation": ("plot_participation",),
    "plots.solutions": ("plot_solutions",),
    "plots.voices": ("plot_dominance", "plot_spontaneous"),
    "report.figures": ("save_figures",),
    "report.highlight": ("highlight",),
    "report.results": ("Results",),
    "refine": ("suggest_terms",),
    "sheet_writing": ("write_sheet",),
    "pipeline": (
        "HumanCodes",
        "Inputs",
        "analyse",
        "default_codebook",
        "prepare_study",
        "write_codings",
        "write_report",
        "default_guide",
    ),
    "analysis.cooperation": ("cooperation", "network_nodes", "network_summary"),
    "analysis.difficulty": ("difficulty",),
    "analysis.mobilising": (
        "hill_number",
        "mobilising_problems",
    ),
    "analysis.participation": (
        "attendance",
        "participation",
    ),
    "analysis.partners": (
        "occasional_partners",
        "institution_pairs",
    ),
    "analysis.residuals": (
        "adjusted_residuals",
        "institution_problems",
    ),
    "analysis.solutions": ("solution_voices", "solutions"),
    "analysis.barriers": ("barrier_answers", "barrier_counts"),
    "coding.barriers": ("find_barriers",),
    "coding.links": ("find_links",),
    "coding.relations": ("find_relations",),
    "io.graphs": ("to_graph", "write_graph"),
    "io.networks": ("read_links", "read_relations", "write_links", "write_relations"),
    "network_tables": ("networks",),
    "claim_writing": ("caveats", "claims"),
    "claim_checking": ("ClaimCheck", "check_claim"),
    "guide": ("question_openings", "with_questions"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Agreement",
    "ArgumentError",
    "ClaimCheck",
    "Code",
    "Codebook",
    "CodebookError",
    "Corpus",
    "Explanation",
    "FocusAnalysisError",
    "HumanCodes",
    "Inputs",
    "LearnedCoder",
    "Limits",
    "ReadError",
    "Results",
    "SchemaError",
    "adjudicate",
    "adjusted_residuals",
    "agreement",
    "analyse",
    "attendance",
    "bank_curve",
    "barrier_answers",
    "barrier_counts",
    "borda",
    "bradley_terry",
    "caveats",
    "chao2",
    "check_claim",
    "claim_facts",
    "claims",
    "cliffs_delta",
    "code",
    "codebook_coverage",
    "coding_changes",
    "compare_all_regions",
    "compare_coders",
    "compare_codes",
    "compare_regions",
    "cooperation",
    "corrected",
    "default_codebook",
    "default_coder",
    "default_examples",
    "default_guide",
    "default_transcripts",
    "detectable_difference",
    "diagnose",
    "diff_codebooks",
    "difficulty",
    "disagreements",
    "explain",
    "find_barriers",
    "find_hints",
    "find_links",
    "find_relations",
    "fit_power_law",
    "highlight",
    "hill_number",
    "hint_shares",
    "institution_pairs",
    "institution_problems",
    "kemeny",
    "kendall_w",
    "keyness",
    "krippendorff_alpha",
    "kwic",
    "learning_curve",
    "learning_law",
    "learning_outlook",
    "load_coder",
    "log_changes",
    "merge_codings",
    "mobilising_problems",
    "network_nodes",
    "network_summary",
    "networks",
    "next_to_review",
    "occasional_partners",
    "participation",
    "plan_validation",
    "plot_agreement",
    "plot_barrier_kinds",
    "plot_barriers",
    "plot_claims",
    "plot_coders",
    "plot_confusion",
    "plot_cooperation",
    "plot_cooperation_matrix",
    "plot_corrected",
    "plot_difficulty",
    "plot_dominance",
    "plot_heatmap",
    "plot_learning_curve",
    "plot_map",
    "plot_mobilising",
    "plot_participation",
    "plot_rank_ranges",
    "plot_rank_slopes",
    "plot_ranking",
    "plot_regions",
    "plot_salience_difficulty",
    "plot_saturation",
    "plot_solutions",
    "plot_spontaneous",
    "prepare_study",
    "proportion_interval",
    "question_openings",
    "rank_multiverse",
    "rank_problems",
    "rank_sensitivity",
    "rank_sets",
    "rarefaction",
    "read_codebook",
    "read_coding_sheet",
    "read_corpus",
    "read_examples",
    "read_links",
    "read_relations",
    "resource",
    "salience",
    "saturation",
    "save_coder",
    "save_figures",
    "settle",
    "smith_s",
    "solution_voices",
    "solutions",
    "span_agreement",
    "speaker_words",
    "suggest_terms",
    "sutrop_csi",
    "talk_balance",
    "to_docs",
    "to_graph",
    "to_matrix",
    "to_regions",
    "turns_behind",
    "validate",
    "with_questions",
    "write_code_pages",
    "write_coding_sheet",
    "write_codings",
    "write_graph",
    "write_links",
    "write_relations",
    "write_report",
    "write_sheet",
    "write_transcripts",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"focus_analysis has no {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(f"focus_analysis.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
