"""Sheets for people to fill: of codes, all turns or a sample; of relations and links, to be mended."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from focus_analysis import labels
from focus_analysis.analysis.validation import plan_validation
from focus_analysis.coders import code
from focus_analysis.coding.links import find_links
from focus_analysis.coding.relations import find_relations
from focus_analysis.inputs import Inputs as Inputs
from focus_analysis.inputs import Outcome, PathLike
from focus_analysis.io.coding_sheet_writer import earlier_sheet, write_coding_sheet
from focus_analysis.io.draft import refuse
from focus_analysis.io.networks import write_links, write_relations
from focus_analysis.io.plans import plan_path, read_plan, write_plan

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus


def write_sheet(
    inputs: Inputs,
    out: PathLike,
    sample: int | None = None,
    unit: str = "turn",
    blind: bool = False,
    lang: str = "pl",
) -> Outcome:
    """Write a coding sheet: of all turns, or of a random sample whose plan is written beside it.

    A plan that is there already is kept, and its sample is what the sheet holds.

    Raises
    ------
    FocusAnalysisError
        Nothing could be read, or the file that is there is not a coding sheet.
    """
    target = Path(out)
    earlier_sheet(target)
    codebook, corpus = inputs.read_codebook(), inputs.read()
    machine = code(corpus, codebook, inputs.coder, lang)
    plan = None if sample is None else _planned(corpus, machine, codebook, plan_path(target), sample, unit, lang)
    sheet = write_coding_sheet(corpus, codebook, target, None if blind else machine, plan, lang)
    return Outcome(corpus, (sheet,) if plan is None else (sheet, plan_path(target)))


def write_network_sheet(inputs: Inputs, out: PathLike, of: Literal["relations", "links"], lang: str = "pl") -> Outcome:
    """Write what the rules find of relations or of links, for a person to mend; ``--codings`` reads it back.

    Raises
    ------
    FocusAnalysisError
        Nothing could be read, or there is such a file already.
    """
    target = Path(out)
    if target.exists():
        refuse("network_sheet_is_there", target.name)
    codebook, corpus = inputs.read_codebook(), inputs.read_asked()
    codings = code(corpus, codebook, inputs.coder, lang)
    if of == "relations":
        sheet = write_relations(find_relations(corpus, codings, codebook.codes), target, corpus)
    else:
        sheet = write_links(find_links(corpus, codings, codebook.codes), target, corpus)
    return Outcome(corpus, (sheet,))


def _planned(
    corpus: Corpus, machine: pd.DataFrame, codebook: Codebook, path: Path, n: int, unit: str, lang: str
) -> pd.DataFrame:
    if path.exists():
        plan = read_plan(path)
        if len(plan) != n or set(plan["unit"]) != {unit}:
            warnings.warn(labels.words("cli.plan_kept", lang, path=path.name, n=len(plan)), stacklevel=3)
        return plan
    plan = plan_validation(corpus, machine, n, unit, codes=codebook.codes)
    write_plan(plan, path)
    return plan
