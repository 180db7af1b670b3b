"""Who took part: institution types by gmina, the ground of "nobody of the police said so"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.analysis.scopes import PLACE, place_numbers, places_of
from focus_analysis.analysis.study import once_a_study
from focus_analysis.analysis.talk import countable, people_who_count
from focus_analysis.schemas import CODES, StudyTables, check
from focus_analysis.schemas_networks import ATTENDANCE, PARTICIPATION

if TYPE_CHECKING:
    import pandas as pd

GROUP = "institutions"
_COUNTS = ["n_speakers", "n_turns", "n_words"]
_PERSON = ["session_id", "speaker"]


def participation(study: StudyTables, codes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return which institution types took part in which gmina, and how much they said.

    Parameters
    ----------
    study : StudyTables
        Sessions and speakers, such as a Corpus.
    codes : DataFrame, schema ``CODES``, optional
        Its group "institutions" says which types there are, so that one that took part nowhere is in the table.
        Without it, the types are those of the speakers.

    Returns
    -------
    DataFrame, schema ``PARTICIPATION``
        One row a gmina and institution. Present: a participant of the roster, or one who spoke where there is no
        roster, belongs to it. Several groups in a gmina are pooled.
    """
    import pandas as pd

    people, places = people_of(study), places_of(study)
    institutions = _institutions(people, codes)
    size = people.groupby("place").size().reindex(range(len(places)), fill_value=0)
    unknown = people["institution"].isna().groupby(people["place"]).sum().reindex(range(len(places)), fill_value=0)
    cells = pd.MultiIndex.from_product([range(len(places)), institutions], names=["place", "institution"])
    known = people.dropna(subset=["institution"]).assign(n_speakers=1)
    counts = known.groupby(["place", "institution"])[_COUNTS].sum().reindex(cells, fill_value=0).reset_index()
    table = counts.join(places[PLACE], on="place")
    at = table["place"].to_numpy(dtype=int)
    return check(
        table.assign(
            present=table["n_speakers"] > 0,
            spoke=table["n_turns"] > 0,
            n_participants=size.to_numpy()[at],
            n_unknown=unknown.to_numpy()[at],
            known=(size > unknown).to_numpy()[at],
            session_ids=places["session_ids"].map(";".join).to_numpy(dtype=object)[at],
        ),
        PARTICIPATION,
    )


def attendance(participation: pd.DataFrame) -> pd.DataFrame:
    """Return in how many gminas each institution type took part: by region, and in the whole study.

    Parameters
    ----------
    participation : DataFrame, schema ``PARTICIPATION``
        From ``participation``.

    Returns
    -------
    DataFrame, schema ``ATTENDANCE``
        Gminas in which nobody's institution is known are left out; ``everywhere`` and ``nowhere`` speak of the others.
    """
    import pandas as pd

    held = check(participation, PARTICIPATION)
    held = held[held["known"]]
    parts = [held.dropna(subset=["voivodeship"]), held.assign(voivodeship=None)]
    found = [
        part.groupby(["voivodeship", "institution"], sort=False, dropna=False)
        .agg(n_present=("present", "sum"), n_spoke=("spoke", "sum"), n_scope=("known", "sum"))
        .reset_index()
        for part in parts
    ]
    table = pd.concat(found, ignore_index=True)
    everywhere, nowhere = table["n_present"] == table["n_scope"], table["n_present"] == 0
    return check(table.assign(everywhere=everywhere, nowhere=nowhere), ATTENDANCE)


@once_a_study
def people_of(study: StudyTables) -> pd.DataFrame:
    """Return the participants who count: session_id, speaker, institution, n_turns, n_words, place (row number)."""
    people = people_who_count(study.speakers, countable(study))[_PERSON]
    people = people.merge(study.speakers, on=_PERSON)
    return people.assign(place=place_numbers(people["session_id"], places_of(study)))


def said_by(study: StudyTables, codings: pd.DataFrame, status: str = "affirmed") -> pd.DataFrame:
    """Return what participants who count said of each code: session_id, turn, code, speaker, institution, place."""
    said = codings.loc[codings["status"] == status, ["session_id", "turn", "code"]].drop_duplicates()
    spoken = said.merge(study.turns[["session_id", "turn", "speaker"]], on=["session_id", "turn"])
    return spoken.merge(people_of(study)[[*_PERSON, "institution", "place"]], on=_PERSON)


def _institutions(people: pd.DataFrame, codes: pd.DataFrame | None) -> list[str]:
    """Return the institution types: those of the codebook in its order, then others of the speakers."""
    listed: list[str] = []
    if codes is not None:
        table = check(codes, CODES)
        listed = table.loc[table["group"] == GROUP, "code"].tolist()
    return [*listed, *sorted(set(people["institution"].dropna()) - set(listed))]
