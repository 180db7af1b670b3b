"""A matcher that tries every pattern at every word, and random texts and patterns for it.

Nothing here knows the dictionary: the forms of a few words are listed by hand.
"""

from hypothesis import strategies as st

FORMS = {
    "bieda": {"bieda", "biedy", "biedę"},
    "samotny": {"samotny", "samotna", "samotnych"},
    "osoba": {"osoba", "osób", "osoby"},
    "żyć": {"żyje", "żyją", "żyła"},
    "GOPS": {"gops", "gopsie", "gopsu"},
}
NOISE = ["biedny", "samotność", "osobno", "życzy", "i", "u", "łąka", "500", "xyz"]
GAPS = [" ", " ", " ", "  ", "\n", "/", " 😀 "]
BREAKS = [", ", ". ", "; ", ": ", "! ", "? ", "… ", " – ", " — ", " (", ") ", " [", "] ", ' "', " „", "” ", ","]

_common = sorted(set().union(*FORMS.values()) - {"gops", "gopsie", "gopsu"})
_written = [
    *((word, word) for word in [*_common, *NOISE]),
    *((word.upper(), word) for word in _common),
    *((word.capitalize(), word) for word in _common),
    ("GOPS", "gops"),
    ("GOPS-ie", "gopsie"),
    ("GOPS-u", "gopsu"),
    ("GOPSie", "gopsie"),
]

pieces = st.lists(st.tuples(st.sampled_from(_written), st.sampled_from(GAPS) | st.sampled_from(BREAKS)), max_size=15)
_atom = (
    st.sampled_from(sorted(FORMS))
    | st.sampled_from([*_common, *NOISE]).map("={}".format)
    | st.sampled_from(["bied*", "samotn*", "oso*", "gop*", "życ*", "żyj*"])
)
_term = st.lists(_atom, min_size=1, max_size=3).map("|".join)
patterns = st.lists(_term, min_size=1, max_size=3).map(" ".join)


def written(found):
    """Return the text of the pieces."""
    return "".join(word + gap for (word, _), gap in found)


def fits(term, word):
    """Return whether a word is what one place of a pattern asks for."""
    for atom in term.split("|"):
        if atom.startswith("="):
            same = word == atom[1:]
        elif atom.endswith("*"):
            same = word.startswith(atom[:-1])
        else:
            same = word in FORMS[atom]
        if same:
            return True
    return False


def brute_force(pattern, found):
    """Return first and last character of every place where the pattern stands."""
    places, at = [], 0
    for (word, _), gap in found:
        places.append((at, at + len(word)))
        at += len(word) + len(gap)
    terms = pattern.split()
    hits = []
    for first in range(len(found) - len(terms) + 1):
        last = first + len(terms) - 1
        words = [looked_up for (_, looked_up), _ in found[first : last + 1]]
        parted = any(gap in BREAKS for _, gap in found[first:last])
        if not parted and all(fits(term, word) for term, word in zip(terms, words, strict=True)):
            hits.append((places[first][0], places[last][1]))
    return hits
