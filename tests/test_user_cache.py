"""The user's cache: an entry is whole or not there, and what it comes from names it."""

import os

import pytest

from focus_analysis import user_cache

WORDS = {"samotny": ["samotna samotny", True], "żółw": ["żółw żółwie", True]}


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "cache" / name)
    return tmp_path / "cache" / "focus-analysis"


def test_what_an_entry_comes_from_names_it(monkeypatch, folder, tmp_path):
    code = tmp_path / "code.py"
    code.write_text("1", encoding="utf-8")
    first = user_cache.entry("forms", ["numpy"], [code])
    assert first.parent == folder and first.name.startswith("forms-")
    assert user_cache.entry("forms", ["numpy"], [code]) == first
    code.write_text("2", encoding="utf-8")
    changed = user_cache.entry("forms", ["numpy"], [code])
    monkeypatch.setattr(user_cache, "version", lambda package: "0")
    assert len({first, changed, user_cache.entry("forms", ["numpy"], [code])}) == 3


def test_kept_words_are_read_again(folder):
    user_cache.keep_words(folder / "forms-1", WORDS)
    assert user_cache.read_words(folder / "forms-1") == WORDS
    assert [file.name for file in folder.iterdir()] == ["forms-1"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[:-5],
        lambda whole: whole.replace(b"true", b"null", 1),
        lambda whole: b"",
        lambda whole: b"\xff\xfe\x00",
        lambda whole: b'{"samotny": 1}',
        lambda whole: whole.partition(b"\n")[0],
    ],
)
def test_damaged_and_foreign_words_are_none_and_are_replaced(folder, damage):
    place = folder / "forms-1"
    user_cache.keep_words(place, WORDS)
    place.write_bytes(damage(place.read_bytes()))
    assert user_cache.read_words(place) == {}
    user_cache.keep_words(place, WORDS)
    assert user_cache.read_words(place) == WORDS


def test_entries_of_earlier_versions_go_but_for_the_newest(folder):
    for number in range(6):
        user_cache.keep(folder / f"coder-{number}", lambda draft: draft.mkdir())
        os.utime(folder / f"coder-{number}", (number, number))
    user_cache.keep(folder / "forms-0", lambda draft: draft.write_text("", encoding="utf-8"))
    user_cache.keep(folder / "coder-6", lambda draft: draft.mkdir())
    assert sorted(file.name for file in folder.iterdir()) == ["coder-4", "coder-5", "coder-6", "forms-0"]


def test_a_folder_in_the_place_of_words_is_no_obstacle(folder):
    (folder / "forms-1" / "inner").mkdir(parents=True)
    assert user_cache.read_words(folder / "forms-1") == {}
    user_cache.keep_words(folder / "forms-1", WORDS)
    assert user_cache.read_words(folder / "forms-1") == WORDS


def test_without_a_folder_that_can_be_written_nothing_is_kept(folder):
    folder.parent.write_text("a file, no folder", encoding="utf-8")
    user_cache.keep_words(folder / "forms-1", WORDS)
    assert user_cache.read_words(folder / "forms-1") == {}
    with pytest.raises(OSError, match="cache"):
        user_cache.keep(folder / "coder-1", lambda draft: draft.mkdir())


def test_an_entry_whose_writing_breaks_off_is_not_there_and_harms_no_former_one(folder):
    user_cache.keep(folder / "coder-1", lambda draft: draft.write_text("whole"))

    def breaks_off(draft):
        draft.write_text("ha")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        user_cache.keep(folder / "coder-1", breaks_off)
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("coder-1", "whole")]
