"""Every table on institutions, difficulty and solutions, from one corpus."""

import dataclasses

import pytest

from focus_analysis import schemas_networks as tables
from focus_analysis.coding import rules
from focus_analysis.corpus import Corpus
from focus_analysis.network_tables import networks
from focus_analysis.schemas import CODINGS, SESSIONS, SPEAKERS, TURNS, check, empty
from tests.analysis.networks import relations
from tests.builders import codebook, corpus, group

SCHEMAS = {table.name: table for table in vars(tables).values() if isinstance(table, tables.Table)}
OTHER_NAMES = {"network_summary": "networks"}
BOOK = codebook({"poverty": ["bieda"], "inst_gops": ["GOPS"], "inst_police": ["policja"]})


def study(**options):
    return corpus(group("s", "M: No?", "R1: U nas bieda, z policją współpracujemy.", gmina="Oksa", **options))


def made(one, **more):
    return networks(one, rules.code(one, BOOK), BOOK.codes, **more)


def test_every_table_keeps_its_schema():
    found = made(study(institutions={"R1": "inst_gops"}))
    assert {field.name for field in dataclasses.fields(found)} == set(found.tables)
    for name, table in found.tables.items():
        schema = SCHEMAS[OTHER_NAMES.get(name, name)]
        assert check(table, schema).equals(table)


def test_what_is_said_becomes_a_tie():
    edges = made(study(institutions={"R1": "inst_gops"})).edges
    of_gmina = edges[(edges["gmina"] == "Oksa") & (edges["relation"] == "cooperates")].iloc[0]
    assert of_gmina[["source", "target", "n_gminas", "n_opportunities"]].tolist() == ["inst_gops", "inst_police", 1, 1]


def test_relations_that_a_person_mended_take_the_place_of_the_rules():
    mended = relations(("s", "inst_police", "inst_gops", "conflict"))
    edges = made(study(institutions={"R1": "inst_gops"}), relations=mended).edges
    assert set(edges["relation"]) == {"conflict"}


def test_without_known_institutions_there_are_no_ties():
    found = made(study())
    assert found.edges.empty
    assert found.relations["source"].isna().all()
    assert not found.participation["known"].any()


@pytest.mark.filterwarnings("error")
def test_an_empty_corpus_gives_empty_tables():
    nothing = Corpus(empty(SESSIONS), empty(SPEAKERS), empty(TURNS))
    found = networks(nothing, empty(CODINGS), BOOK.codes)
    assert all(table.empty for table in found.tables.values())


def test_a_codebook_of_problems_alone_is_enough():
    one, book = study(), codebook({"poverty": ["bieda"]})
    found = networks(one, rules.code(one, book), book.codes)
    assert found.edges.empty
    assert len(found.mobilising) > 0
