"""The whole story, from a folder of transcripts to a report. READ SECOND, after ``schemas``.

corpus   = read_corpus(paths)            # io: files to tables
corpus   = with_questions(corpus, guide) # guide: turns to questions of the topic guide
codebook = read_codebook(path)           # io
codings  = code(corpus, codebook)        # coding: words to codes
salient  = salience(corpus, codings, …)  # analysis: codes to shares and ranks
figures, document, page                  # plots and report
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.analysis.behind import turns_behind
from focus_analysis.analysis.overview import over_groups, rank_ranges, saturation_curve
from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.study import Study
from focus_analysis.claim_writing import claims_of_levels, limits_of
from focus_analysis.coders import Coder, code
from focus_analysis.coding.attribution import check_scope
from focus_analysis.coding.concordance import with_words
from focus_analysis.coding.human import merge_codings
from focus_analysis.guide import guide_used
from focus_analysis.inputs import HumanCodes as HumanCodes
from focus_analysis.inputs import Inputs as Inputs
from focus_analysis.inputs import Outcome, PathLike
from focus_analysis.inputs import default_codebook as default_codebook
from focus_analysis.inputs import default_guide as default_guide
from focus_analysis.inputs import needs_training as needs_training
from focus_analysis.io.corpora import read_corpus
from focus_analysis.io.diagnosis import diagnose, examined
from focus_analysis.io.files import sha256
from focus_analysis.io.outputs import (
    MANIFEST,
    RESULT_TABLES,
    claim_folder,
    hashes_of,
    read_record,
    remove_stale,
    write_csv,
    write_manifest,
    write_text,
)
from focus_analysis.io.progress import progress
from focus_analysis.io.quotation_file import read_decisions, write_quotations
from focus_analysis.io.workbooks import Written, write_workbooks
from focus_analysis.network_tables import networks
from focus_analysis.records import manifest_of, package_versions, report_command
from focus_analysis.report.figures import Workshop, begin_rankings, note_on, workshop_for
from focus_analysis.report.formats import check_formats as check_formats
from focus_analysis.report.results import GuideUsed, Provenance, Results
from focus_analysis.report_tables import (
    agreement_of,
    codebook_table,
    means_of,
    quotations_of,
    sample_read,
    saturation_of,
    turns_by_hand,
    validation_of,
    voices_of,
)
from focus_analysis.report_writing import (
    Layout,
    quotations_to_decide,
    with_command,
    write_documents,
    write_explorer,
    write_figures,
    write_result_tables,
)

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus


def analyse(
    corpus: Corpus,
    codebook: Codebook,
    lang: str = "pl",
    human: HumanCodes | None = None,
    coder: Coder = "combined",
    decisions: pd.DataFrame | None = None,
    attribution: str = "region",
    workshop: Workshop | None = None,
) -> Results:
    """Code a corpus and compute what the report shows.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        Codes and patterns; its group "problems" is ranked.
    lang : {"pl", "en"}
        Language of the findings.
    human : HumanCodes, optional
        What people coded: it goes before the automatic codes, turn by turn; with the plan of a sample of speakers,
        the means of regions and of the study are the corrected ones.
    coder : {"combined", "rules", "learned"}
        What codes, as in ``code``.
    decisions : DataFrame, optional
        Which quotations people cleared or ruled out, from ``read_decisions``.
    attribution : {"region", "powiat", "gmina"}
        The finest place that may stand beside the institution of who is quoted. Where fewer than three people of that
        kind of institution came from it, a coarser one stands there.
    workshop : Workshop, optional
        Begins to draw the rankings as soon as they are known.

    Returns
    -------
    Results
        Every table of the report.
    """
    given = human or HumanCodes()
    with progress(labels.words("progress.coding", lang)):
        machine, codes = code(corpus, codebook, coder, lang), codebook.codes
    codings = merge_codings(*given.tables, machine) if given.tables else machine
    kinds = tuple(sorted({kind for table in (codings, *given.tables) for kind in table["coder_kind"]}))
    study = Study(corpus)
    by_gmina = salience(study, codings, codes, by="gmina", intervals=True)
    if workshop:
        note = note_on(bool(corpus.sessions["invented"].any()), kinds, lang)
        begin_rankings(workshop, by_gmina, codes, lang, note)
    means = means_of(study, codings, machine, given.tables, given.plan, codes)
    ranking, region_tests = over_groups(by_gmina)
    behind = turns_behind(study, codings, codes)
    claimed = claims_of_levels(study, codes, by_gmina, behind, lang)
    quoted = quotations_of(corpus, codings, by_gmina, claimed, codes, decisions, attribution)
    measures = salience(study, codings, codes, by="gmina", measures="all")
    salient = None if means.are_corrected else (by_gmina, means.by_region)
    sample = sample_read(given.tables, given.plan, corpus)
    if sample and sample.unread:
        warnings.warn(labels.words("sample.unread", lang, drawn=sample.drawn, unread=sample.unread), stacklevel=2)
    validation, why_unchecked = validation_of(machine, given.tables, given.plan, corpus, codes)
    return Results(
        sessions=corpus.sessions,
        speakers=corpus.speakers,
        turns=corpus.turns,
        codes=codes,
        codings=codings,
        by_gmina=by_gmina,
        by_region=means.by_region,
        overall=means.overall,
        ranking=ranking,
        region_tests=region_tests,
        claims=claimed,
        behind=behind,
        limits=limits_of(corpus, by_gmina, behind),
        quotations=quoted.chosen,
        findings=labels.findings_table(map(labels.unnamed, corpus.notes), lang),
        provenance=Provenance(
            codebook.name,
            codebook.version,
            codebook.sha256,
            package_versions(),
            kinds,
            turns_by_hand(given.tables),
            GuideUsed(*guide) if (guide := guide_used(corpus)) else None,
            attribution=attribution,
        ),
        networks=networks(corpus, codings, codes, given.relations, given.links, salient),
        measures=measures,
        ranges=rank_ranges(study, codings, codes, measures),
        saturation=saturation_curve(by_gmina, corpus.sessions),
        lang=lang,
        corrected=means.corrected,
        unsettled=means.unsettled,
        voices=voices_of(measures),
        codebook=codebook_table(codebook),
        saturation_facts=saturation_of(corpus, codings, codes),
        gmina_quotations=quoted.by_gmina,
        counter_quotations=quoted.counter,
        flagged_quotations=quoted.flagged,
        agreement=agreement_of(given.tables, corpus, codes),
        validation=validation,
        why_unchecked=why_unchecked,
        sample=sample,
    )


def examine(inputs: Inputs, lang: str) -> tuple[Corpus, pd.DataFrame]:
    """Read transcripts and look at them: the corpus with all that was noticed, and its diagnosis.

    Where a codebook was given, what was noticed in it stands first.

    Raises
    ------
    FocusAnalysisError
        Nothing could be read, or the codebook cannot be understood.
    """
    noticed = inputs.noticed_in_codebook(lang)
    corpus = examined(inputs.read(), noticed)
    return corpus, diagnose(corpus, lang)


def write_diagnosis(files: pd.DataFrame, path: PathLike) -> None:
    """Write a diagnosis as csv.

    Raises
    ------
    ArgumentError
        The file's name does not end in .csv, or it is one of the files that were examined.
    """
    target = Path(path)
    if target.suffix.lower() != ".csv":
        raise labels.refused("table_suffix", file=target)
    if target.exists() and target.name in set(files["file"]):
        raise labels.refused("table_is_input", file=target)
    write_csv(files, target)


def write_codings(inputs: Inputs, out: PathLike, lang: str = "pl") -> Outcome:
    """Read, code, and write sessions, speakers, turns, codings and the manifest into a folder.

    Raises
    ------
    FocusAnalysisError
        Nothing could be read, or the codebook cannot be understood.
    """
    folder = Path(out)
    claim_folder(folder)
    codebook, corpus = inputs.read_codebook(), inputs.read_asked(out)
    with progress(labels.words("progress.coding", lang)):
        codings = code(corpus, codebook, inputs.coder, lang)
    _write_tables(corpus, codings, folder)
    write_manifest(manifest_of(corpus, codebook, codings, read_record(folder), lang), folder)
    return Outcome(corpus, (folder / "codings.csv", folder / MANIFEST))


def write_report(
    inputs: Inputs,
    out: PathLike,
    lang: str = "pl",
    formats: Sequence[str] = ("html",),
    sections: PathLike | None = None,
    templates: Sequence[PathLike] = (),
    with_transcripts: bool = False,
    attribution: str = "region",
) -> Outcome:
    """Do all that ``write_codings`` does, and write the report, its figures and its tables.

    A report that a person changed since it was written stays; the new one is written beside it.

    Parameters
    ----------
    inputs : Inputs
        What is reported on.
    out : path
        Folder for the results. Its folder ``texts`` holds the researchers' own paragraphs, a file a section.
    lang : {"pl", "en"}
        Language of the report.
    formats : sequence of {"html", "docx", "pdf"}
        Which documents to write.
    sections : path, optional
        A YAML file that names the sections in order; see ``read_outline``.
    templates : sequence of path
        A .docx whose styles, header and footer the Word document takes; a .css that is put after ours; a .typ whose
        function ``style`` dresses the PDF (see ``render_pdf``).
    with_transcripts : bool
        Whether to write explorer.html too: a page for the team alone, on which every number leads to what was said.
        Numbers and quotations of report.html then lead to it.
    attribution : {"region", "powiat", "gmina"}
        The finest place that may stand beside the institution of who is quoted; see ``analyse``.

    Raises
    ------
    FocusAnalysisError
        Nothing could be read, or the codebook, the sections, a template or the attribution cannot be understood.
    """
    layout = Layout.of(formats, sections, templates)
    check_scope(attribution)
    folder = Path(out)
    claim_folder(folder)
    codebook, corpus = inputs.read_codebook(), inputs.read_asked(out)
    decisions = read_decisions(folder)
    human = inputs.read_human(corpus, codebook, lang)
    workshop = workshop_for(corpus.sessions)
    with progress(labels.words("progress.analysis", lang)):
        results = analyse(corpus, codebook, lang, human, inputs.coder, decisions, attribution, workshop)
    asked = (lang, layout.formats, sections, templates, attribution, with_transcripts)
    results = with_command(results, report_command(inputs, *asked))
    before = read_record(folder)
    recorded = before["documents"]
    figures = write_figures(results, folder, lang, workshop)
    explorer = [write_explorer(results, folder, lang, recorded)] if with_transcripts else []
    beside = explorer[0].name if explorer else ""
    reports = (*write_documents(results, figures, folder, lang, layout, recorded, beside), *explorer)
    _write_tables(corpus, results.codings, folder)
    tables = write_result_tables(results, folder / RESULT_TABLES)
    made = hashes_of([*tables, *(path for figure in figures.values() for path in figure.paths)], folder)
    remove_stale(folder, before["made"], made)
    write_quotations(quotations_to_decide(results), decisions, folder)
    write_text(labels.words("output.readme", lang), folder / "README.txt")
    documents = {**recorded, **hashes_of(reports, folder)}
    manifest = manifest_of(corpus, codebook, results.codings, {"documents": documents, "made": made}, lang)
    if inputs.codings:
        manifest["human_codes"] = [{"file": Path(path).name, "sha256": sha256(Path(path))} for path in inputs.codings]
    write_manifest(manifest, folder)
    return Outcome(corpus, reports, human.notes)


def prepare_study(folder: PathLike, lang: str = "pl") -> tuple[Corpus, list[Written]]:
    """Write the two workbooks with which a study begins, prefilled with what the transcripts tell.

    Raises
    ------
    ReadError
        The folder does not exist or no transcript in it can be read.
    """
    corpus = read_corpus(folder)
    return corpus, write_workbooks(corpus, Path(folder), lang)


def _write_tables(corpus: Corpus, codings: pd.DataFrame, folder: Path) -> None:
    for name, table in (
        ("sessions", corpus.sessions),
        ("speakers", corpus.speakers),
        ("turns", corpus.turns),
        ("codings", with_words(corpus, codings)),
    ):
        write_csv(table, folder / f"{name}.csv")
