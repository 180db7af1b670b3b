"""How words written without Polish letters are mostly spelt, counted in the example bank.

``python -m tests.benchmarks.spellings --write`` writes ``resources/spellings.txt`` anew. A word stands there where its
letters without accents make another word too, or several words look alike without them.
"""

import sys
from collections import Counter, defaultdict
from itertools import islice

from focus_analysis.coders import default_examples
from focus_analysis.language.morphology import is_word
from focus_analysis.language.repair import spellings
from focus_analysis.language.tokens import fold, forms
from focus_analysis.resources import resource

FEWEST, LEAST_SHARE = 3, 0.6
HEAD = """\
# Words that without their Polish letters look like another word, each as it is mostly spelt in the example bank.
# Counted and written by tests/benchmarks/spellings.py; a transcript without Polish letters is read by them.
"""


def usual_spellings(texts):
    """Return the words of texts that stand for what is written without their Polish letters."""
    spelt = defaultdict(Counter)
    for text in texts:
        for form in forms(text):
            spelt[fold(form)][form] += 1
    found = []
    for bare, counts in spelt.items():
        best, n = counts.most_common(1)[0]
        if best != bare and n >= max(FEWEST, LEAST_SHARE * counts.total()) and is_word(best):
            others = [*({bare, *counts} - {best}), *islice(filter(is_word, spellings(bare)), 1)]
            found += [best] * any(is_word(other) for other in others if other != best)
    return sorted(found)


if __name__ == "__main__":
    found = usual_spellings(default_examples()[0].turns["text"])
    sys.stdout.write(f"{len(found)} words\n")
    if "--write" in sys.argv:
        resource("spellings.txt").write_text(HEAD + "\n".join(found) + "\n", encoding="utf-8")
