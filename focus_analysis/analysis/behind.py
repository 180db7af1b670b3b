"""The turns behind a count: who affirmed a code where, and where the moderator named it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.analysis.salience import codes_of
from focus_analysis.analysis.talk import countable, levels, mentions, named_unprompted, people_who_count
from focus_analysis.schemas import CODES, CODINGS, LEVELS, StudyTables, check
from focus_analysis.schemas_results import BEHIND

if TYPE_CHECKING:
    import pandas as pd


def turns_behind(
    study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, group: str = "problems"
) -> pd.DataFrame:
    """Return the turns on which the counts of ``salience`` stand, and those in which the moderator named the code.

    Parameters
    ----------
    study, codings, codes, group
        As for ``salience``.

    Returns
    -------
    DataFrame, schema ``BEHIND``
        One row a gmina, level, code and turn. Role participant: a participant who counts affirmed it; the speakers of
        a gmina and code are as many as ``n_named``, those of ``unprompted`` turns as many as of the measure
        "spontaneous". Role moderator: the moderator named it, however.
    """
    import pandas as pd

    codes, codings = check(codes, CODES), check(codings, CODINGS)
    sessions = countable(study)
    people = people_who_count(study.speakers, sessions)
    places = sessions.groupby("place", sort=False)[["gmina", "teryt"]].transform("first")
    places = places.assign(session_id=sessions["session_id"])
    parts = []
    for level, members in zip(LEVELS, levels(codes_of(codes, group)), strict=True):
        said = mentions(codings, members, study.turns, people)
        counted = (said["role"] == "participant") & said["person"].notna() & (said["status"] == "affirmed")
        own = ["person", "code"]
        said["unprompted"] = said.set_index(own).index.isin(named_unprompted(said).set_index(own).index)
        said = said[counted | (said["role"] == "moderator")]
        parts.append(said.assign(level=level, code=said["code"].map(dict(enumerate(members)))))
    found = pd.concat(parts).merge(places, on="session_id")
    return check(found.drop_duplicates(list(BEHIND.key)).sort_values(list(BEHIND.key)), BEHIND)
