import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis import schemas, schemas_networks
from focus_analysis.errors import SchemaError
from focus_analysis.schemas import SPEAKERS, Column, Table, check, empty, rows

ROOMS = (schemas, schemas_networks)
TABLES = [value for room in ROOMS for value in vars(room).values() if isinstance(value, Table)]
THING = Table(
    "things",
    ("name", "n"),
    (
        Column("name", "text", "who"),
        Column("n", "integer", "how many"),
        Column("share", "number", "part", nullable=True),
        Column("known", "truth", "whether"),
        Column("kind", "text", "which", nullable=True, values=("mały", "duży")),
        Column("age", "integer", "years", nullable=True),
    ),
)


def frame(**columns):
    good = {
        "name": ["ą", "ę"],
        "n": [1, 2],
        "share": [0.5, None],
        "known": [True, False],
        "kind": ["mały", None],
        "age": [70, None],
    }
    return pd.DataFrame({**good, **columns})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_empty_table_has_its_columns_in_their_types(table):
    nothing = empty(table)
    assert list(nothing.columns) == table.names
    assert len(nothing) == 0
    kinds = {"text": {"str"}, "integer": {"int64", "Int64"}, "number": {"float64"}, "truth": {"bool"}}
    assert [str(nothing[column.name].dtype) in kinds[column.kind] for column in table.columns] == [True] * len(
        table.columns
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_each_column_once_and_its_key_among_them(table):
    assert len(set(table.names)) == len(table.names)
    assert set(table.key) <= set(table.names)
    assert all(column.doc for column in table.columns)


def test_columns_of_one_name_mean_one_kind_of_thing_everywhere():
    kinds = {}
    for table in TABLES:
        for column in table.columns:
            kinds.setdefault(column.name, set()).add(column.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_a_frame_gets_the_types_and_the_order_of_its_table():
    checked = check(frame()[["age", "kind", "known", "share", "n", "name"]], THING)
    assert list(checked.columns) == ["name", "n", "share", "known", "kind", "age"]
    assert [str(kind) for kind in checked.dtypes] == ["str", "int64", "float64", "bool", "str", "Int64"]
    assert checked["age"].isna().tolist() == [False, True]
    assert checked["kind"].isna().tolist() == [False, True]


def test_a_checked_frame_is_a_copy_with_a_fresh_index():
    given_frame = frame()
    given_frame.index = [7, 7]
    checked = check(given_frame, THING)
    checked.loc[0, "name"] = "zmieniona"
    assert given_frame["name"].tolist() == ["ą", "ę"]
    assert checked.index.tolist() == [0, 1]


def test_columns_that_the_table_does_not_know_are_dropped():
    assert "remark" not in check(frame(remark=["a", "b"]), THING)


def test_missing_columns_are_named_with_those_there_are_and_those_needed():
    with pytest.raises(SchemaError) as caught:
        check(frame().drop(columns=["n", "kind"]), THING)
    message = str(caught.value)
    assert message.startswith("table things: columns missing: n, kind. It has name, share, known, age")
    assert "needs name, n, share, known, kind, age" in message


@pytest.mark.parametrize(
    ("column", "values", "row", "value", "reason"),
    [
        ("name", ["ą", 5], 1, "5", "is not text"),
        ("name", [None, "ę"], 0, "", "is missing, but the column must be filled"),
        ("kind", ["mały", "średni"], 1, "'średni'", "is not allowed; allowed: mały, duży"),
        ("n", [1.5, 2], 0, "1.5", "is not a whole number"),
        ("n", [1, "dwa"], 1, "'dwa'", "is not a number"),
        ("n", [1, float("inf")], 1, "inf", "is not a whole number"),
        ("n", [1, None], 1, "", "is missing"),
        ("share", ["pół", 1], 0, "'pół'", "is not a number"),
        ("age", [70, 70.5], 1, "70.5", "is not a whole number"),
        ("known", [True, "tak"], 1, "'tak'", "is neither True nor False"),
        ("known", [True, None], 1, "", "is missing"),
    ],
)
def test_a_wrong_value_is_named_with_its_table_column_and_row(column, values, row, value, reason):
    with pytest.raises(SchemaError) as caught:
        check(frame(**{column: pd.Series(values, dtype=object)}), THING)
    message = str(caught.value)
    assert message.startswith(f"table things, column {column}, row {row}: {value}")
    assert reason in message


def test_a_key_that_stands_twice_is_named():
    with pytest.raises(
        SchemaError, match=r"table things, row 1: name='ą', n=\S*1\S* stands twice; name, n must be unique"
    ):
        check(frame(name=["ą", "ą"], n=[1, 1]), THING)


def test_a_key_of_several_columns_may_repeat_in_one():
    assert check(frame(name=["ą", "ą"]), THING)["n"].tolist() == [1, 2]


def test_rows_are_objects_with_none_for_what_is_missing():
    first, second = rows(check(frame(), THING))
    assert (first.name, first.n, first.share, first.known, first.kind, first.age) == ("ą", 1, 0.5, True, "mały", 70)
    assert (second.share, second.kind, second.age) == (None, None, None)
    assert rows(empty(SPEAKERS)) == []


@given(
    st.lists(
        st.tuples(st.text(max_size=5), st.integers(-(2**40), 2**40), st.floats(allow_nan=False), st.booleans()),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[:2],
    )
)
@settings(deadline=None, max_examples=80)
def test_good_values_pass_unchanged_and_checking_twice_changes_nothing(values):
    given_frame = pd.DataFrame(values, columns=["name", "n", "share", "known"]).assign(kind=None, age=None)
    once = check(given_frame, THING)
    assert list(once[["name", "n", "share", "known"]].itertuples(index=False, name=None)) == values
    assert check(once, THING).equals(once)
