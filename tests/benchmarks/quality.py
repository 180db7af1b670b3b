"""How good the coders are on the shipped transcripts, and what the size of the example bank brings.

    python -m tests.benchmarks.quality                 shows the table
    python -m tests.benchmarks.quality --write         writes it into codebooks/README.md, between its marks
    python -m tests.benchmarks.quality --bank --write  measures the bank (some minutes) and keeps the figures
    python -m tests.benchmarks.quality --pages         writes the pages of the codes anew, from the bank

Every transcript is coded by a model that did not see its codes, and by weights and thresholds that were fitted on the
transcripts of other folds.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

import pandas as pd

from focus_analysis.analysis.comparison import compare_coders
from focus_analysis.codebook import Codebook
from focus_analysis.coders import asked, default_coder, default_examples, default_transcripts
from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus
from focus_analysis.io.code_pages import write_code_pages
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.corpora import read_corpus
from focus_analysis.io.examples import read_reference
from focus_analysis.learning import bank_curve, learning_law
from focus_analysis.resources import resource

ROOT = Path(__file__).parents[2]
PAGE, CURVE = ROOT / "codebooks" / "README.md", ROOT / "focus_analysis" / "resources" / "bank_curve.csv"
BEGIN, END = "<!-- quality: begin -->", "<!-- quality: end -->"
BANK_BEGIN, BANK_END = "<!-- bank: begin -->", "<!-- bank: end -->"


def study() -> tuple[Corpus, pd.DataFrame, Codebook]:
    """Return the shipped transcripts, their reference codes and the codebook."""
    gold = read_reference(resource("codebooks/reference/first.csv"))
    files = [file for file in resource("transcripts").iterdir() if file.stem in set(gold["session_id"])]
    return asked(read_corpus(sorted(files))), gold, read_codebook(resource("codebooks/social_problems.yaml"))


def compared() -> pd.DataFrame:
    """Return precision, recall and F1 of rules, model and both."""
    corpus, gold, codebook = study()
    coder, taught = default_coder(), default_transcripts()
    codings = {"rules": code(corpus, codebook)}
    codings |= {kind: coder.code_unseen(*taught, codebook, kind) for kind in ("learned", "combined")}
    codes = codebook.codes[codebook.codes["code"].isin(gold["code"])]
    return compare_coders(gold, codings, corpus, codes)


def _with_interval(row: pd.Series, measure: str) -> str:
    value, low, high = (row[f"{measure}{end}"] for end in ("", "_low", "_high"))
    if pd.isna(value):
        return "–"
    return f"{value:.2f}" if pd.isna(low) else f"{value:.2f} [{low:.2f}, {high:.2f}]"


def table_of(found: pd.DataFrame) -> str:
    """Return the comparison in words and as a table."""
    by_coder = {coder: part.reset_index(drop=True) for coder, part in found.groupby("coder", sort=False)}
    rules, both = by_coder["rules"], by_coder["combined"]
    names = study()[2].codes.set_index("code")["label_en"]
    lines = [
        f"What is affirmed in the {both['n_turns'].iloc[0]} turns of participants of the {both['n_sessions'].iloc[0]} "
        "shipped (invented) transcripts, turn by turn, against the reference codes in `reference/first.csv`. "
        "R: the rules alone; C: rules and model combined, each transcript coded by a model that did not learn from it "
        "and by weights and thresholds from other transcripts. The rules were written with some of these transcripts "
        "in view. In brackets 95% intervals, transcripts resampled; none below ten turns. *n*: turns with the code by "
        "the reference, * where fewer than twenty; then right + wrong + missed by C. Written by `python -m "
        "tests.benchmarks.quality --write`.",
        "",
        "| code | n | C: right + wrong + missed | precision C | recall C | F1 C | precision R | recall R | F1 R |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for place in both.index:
        row = both.loc[place]
        head = row["code"] if isinstance(row["code"], str) else f"**{row['group'] or 'all'}, {row['scope']}**"
        if isinstance(row["code"], str):
            head = f"{names[row['code']]} `{row['code']}`"
        elif not isinstance(row["group"], str):
            head = f"**all codes, {row['scope']}**"
        counts = f"{row['tp']} + {row['fp']} + {row['fn']}"
        cells = [_with_interval(part.loc[place], m) for part in (both, rules) for m in ("precision", "recall", "f1")]
        lines.append(f"| {head} | {row['n_true']}{'*' if row['few'] else ''} | {counts} | {' | '.join(cells)} |")
    return "\n".join(lines)


def measured_bank(draws: int) -> pd.DataFrame:
    """Return the curve over the size of the bank, with the transcripts teaching too and without."""
    corpus, gold, codebook = study()
    parts = []
    for coder, teach in (("learned", False), ("combined", True)):
        curve = bank_curve(tuple(default_examples()), corpus, gold, codebook, coder, teach=teach, draws=draws)
        parts.append(curve.assign(coder=coder, transcripts_teach=teach))
        sys.stderr.write(f"{coder}, transcripts teach: {teach}\n{parts[-1].to_string()}\n")
    return pd.concat(parts, ignore_index=True)


def bank_table(curve: pd.DataFrame) -> str:
    """Return the curve over the size of the bank as a table."""
    lines = [
        "F1 on the shipped transcripts by how many invented utterances a code the model learnt from (mean of "
        f"{int(curve['n_folds'].max())} draws, in brackets the lowest and the highest), coded unseen as above. "
        "Written by `python -m tests.benchmarks.quality --bank --write`.",
        "",
    ]
    sizes = sorted(curve["size"].unique())
    lines += ["| what codes, what is counted | " + " | ".join(f"{size}" for size in sizes) + " |"]
    lines += ["|---" * (len(sizes) + 1) + "|"]
    for (coder, teach), part in curve.groupby(["coder", "transcripts_teach"], sort=False):
        for group, scope in ((None, "micro"), (None, "macro"), ("problems", "micro"), ("problems", "macro")):
            chosen = part[part["scope"] == scope]
            chosen = chosen[chosen["group"].isna() if group is None else chosen["group"] == group].set_index("size")
            cells = [f"{row.f1:.2f} [{row.low:.2f}, {row.high:.2f}]" for row in chosen.loc[sizes].itertuples()]
            who = f"{coder}, bank{' and transcripts' if teach else ' alone'}; {group or 'all codes'}, {scope}"
            lines.append(f"| {who} | {' | '.join(cells)} |")
        law = learning_law(part)
        told = f"not believed ({law.doubt})" if law.doubt else f"F1 = {law.a:.2f} - {law.b:.2f} n^-{law.c:.2f}"
        who = f"{coder}, bank{' and transcripts' if teach else ' alone'}; power law of all codes, micro"
        lines.append(f"| {who} | {told}{' |' * len(sizes)}")
    return "\n".join(lines)


def between(page: Path, begin: str, end: str, text: str) -> None:
    said = page.read_text(encoding="utf-8")
    before, rest = said.split(begin)
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")


def keep(curve: pd.DataFrame) -> None:
    """Keep the curve as data of the package: what messages say that examples bring."""
    head = (
        "# F1 on the shipped transcripts by the number of invented example utterances a code, measured by\n"
        "# python -m tests.benchmarks.quality --bank --write. low, high: the lowest and the highest of the draws.\n"
    )
    CURVE.write_text(head + curve.round(4).to_csv(index=False, lineterminator="\n"), encoding="utf-8")


def main() -> None:
    """Measure, show and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--bank", action="store_true")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--draws", type=int, default=2)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.pages:
        write_code_pages(study()[2], resource("codebooks/examples"), PAGE.with_name("pages"), "pl")
        return
    if given.bank:
        curve = measured_bank(given.draws)
        text, marks = bank_table(curve), (BANK_BEGIN, BANK_END)
        if given.write:
            keep(curve)
    else:
        text, marks = table_of(compared()), (BEGIN, END)
    if given.write:
        between(PAGE, *marks, text)
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
