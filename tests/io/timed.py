"""ELAN documents and TextGrids made for the tests."""

from xml.sax.saxutils import quoteattr

Interval = tuple[float, float, str]


def eaf(*tiers: tuple[str, list[Interval]], parents=None, people=None):
    """An ELAN document of these tiers; a tier with a parent gets its times from it."""
    slots, written = [], []
    for number, (name, intervals) in enumerate(tiers):
        values = []
        for place, (start, end, text) in enumerate(intervals):
            key = f"{number}_{place}"
            value = f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>"
            if name in (parents or {}):
                owner = [one for one, _ in tiers].index(parents[name])
                values.append(
                    f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a{key}" ANNOTATION_REF="a{owner}_{place}">{value}'
                    "</REF_ANNOTATION></ANNOTATION>"
                )
                continue
            slots += [(f"ts{key}s", start), (f"ts{key}e", end)]
            values.append(
                f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{key}" TIME_SLOT_REF1="ts{key}s" '
                f'TIME_SLOT_REF2="ts{key}e">{value}</ALIGNABLE_ANNOTATION></ANNOTATION>'
            )
        parent = f" PARENT_REF={quoteattr(parents[name])}" if name in (parents or {}) else ""
        person = f" PARTICIPANT={quoteattr(people[name])}" if name in (people or {}) else ""
        written.append(f"<TIER TIER_ID={quoteattr(name)}{parent}{person}>{''.join(values)}</TIER>")
    order = "".join(f'<TIME_SLOT TIME_SLOT_ID="{key}" TIME_VALUE="{round(at * 1000)}"/>' for key, at in slots)
    return (
        f"<ANNOTATION_DOCUMENT><TIME_ORDER>{order}</TIME_ORDER>{''.join(written)}</ANNOTATION_DOCUMENT>".encode(),
        "w.eaf",
    )


def filled(intervals):
    """Intervals with the silent ones between them, as Praat keeps them."""
    at, whole = 0.0, []
    for start, end, text in intervals:
        whole += [(at, start, "")] if start > at else []
        whole.append((start, end, text))
        at = end
    return whole


def long_grid(*tiers):
    """A TextGrid as Praat saves it as text."""
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0 ", "xmax = 99 ", "tiers? <exists> "]
    lines += [f"size = {len(tiers)} ", "item []: "]
    for number, (name, intervals) in enumerate(tiers, 1):
        lines += [f"    item [{number}]:", '        class = "IntervalTier" ', f'        name = "{name}" ']
        lines += ["        xmin = 0 ", "        xmax = 99 ", f"        intervals: size = {len(filled(intervals))} "]
        for place, (start, end, text) in enumerate(filled(intervals), 1):
            doubled = text.replace('"', '""')
            lines += [f"        intervals [{place}]:", f"            xmin = {start} ", f"            xmax = {end} "]
            lines += [f'            text = "{doubled}" ']
    return "\n".join(lines), "w.TextGrid"


def short_grid(*tiers):
    """A TextGrid as Praat saves it as short text."""
    lines = ['File type = "ooTextFile short"', '"TextGrid"', "", "0", "99", "<exists>", f"{len(tiers)}"]
    for name, intervals in tiers:
        lines += ['"IntervalTier"', f'"{name}"', "0", "99", f"{len(filled(intervals))}"]
        for start, end, text in filled(intervals):
            lines += [f"{start}", f"{end}", '"{}"'.format(text.replace('"', '""'))]
    return "\n".join(lines), "w.TextGrid"
