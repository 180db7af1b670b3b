"""How long the page with transcripts takes to write and to open: 40 transcripts of 100 turns, invented words.

Run it by hand, on a machine that does nothing else::

    python -m tests.benchmarks.explorer --sessions 40 --turns 100
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.corpora import read_corpus
from focus_analysis.pipeline import analyse, default_codebook
from focus_analysis.report.explorer import render_explorer
from focus_analysis.resources import resource
from tests.browser.driving import chromium, opened
from tests.builders import corpus, group

MOST_S = 2.0


def many_sessions(n_sessions, n_turns):
    """Sessions whose turns are those of the shipped transcripts, over and over."""
    shipped = read_corpus(resource("transcripts"))
    said = shipped.turns.loc[shipped.turns["role"] == "participant", "text"].tolist()
    groups = []
    for number in range(n_sessions):
        words = [said[(number * n_turns + turn) % len(said)] for turn in range(n_turns)]
        labelled = [f"{'M' if turn % 8 == 0 else f'R{turn % 10 + 1}'}: {text}" for turn, text in enumerate(words)]
        roster = tuple(f"R{place}" for place in range(1, 11))
        gmina = {"gmina": f"Gmina {number + 1}", "teryt": f"{2600000 + number * 10 + 2}"}
        groups.append(group(f"sesja-{number + 1}", *labelled, roster=roster, voivodeship="świętokrzyskie", **gmina))
    return corpus(*groups)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--turns", type=int, default=100)
    given = parser.parse_args()
    results = analyse(many_sessions(given.sessions, given.turns), read_codebook(default_codebook()), coder="rules")
    began = time.perf_counter()
    page = render_explorer(results, "pl")
    say(f"written in {time.perf_counter() - began:.2f} s: {len(page.encode()) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "explorer.html"
        path.write_text(page, encoding="utf-8")
        took, searched = zip(*(open_and_search(browser, path) for _ in range(5)), strict=True)
    say(f"{len(results.codings)} codings; opened in {median(took):.2f} s, first search in {median(searched):.2f} s")
    return int(median(took) > MOST_S)


def open_and_search(browser, path):
    """Seconds from the request to the page drawn, and from a search to its first turns."""
    with opened(browser, path) as tab:
        took = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
        began = time.perf_counter()
        tab.goto(f"{path.as_uri()}#turns?q=bezrobocie")
        tab.wait_for_selector("#results > li")
        return took, time.perf_counter() - began


def say(line):
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
