"""Progress shows only where somebody sees it, and only when work takes a while."""

import io
import time
from threading import Barrier, Thread

import pytest
from rich.console import Console

from focus_analysis.io import progress
from focus_analysis.io.progress import tracked

SOON = 0.01


@pytest.fixture
def console(monkeypatch):
    def use(*, terminal):
        seen = Console(file=io.StringIO(), force_terminal=terminal, force_interactive=terminal, width=80)
        monkeypatch.setattr(progress, "_console", lambda: seen)
        return seen.file

    return use


def wait_for(words, file):
    """Wait until the words are on the terminal, ten seconds at most."""
    until = time.monotonic() + 10
    while words not in file.getvalue() and time.monotonic() < until:
        time.sleep(0.01)


def test_a_long_work_on_a_terminal_shows_how_far_it_is(console):
    file, done = console(terminal=True), []
    for item in tracked(range(20), "Czytam", SOON):
        done.append(item)
        if item == 5:
            wait_for("5/20", file)
    assert done == list(range(20))
    assert "Czytam" in file.getvalue()
    assert "5/20" in file.getvalue()


def test_a_single_long_step_shows_that_it_goes_on(console):
    file = console(terminal=True)
    with progress.progress("Koduję", after_s=SOON):
        wait_for("Koduję", file)
    assert "Koduję" in file.getvalue()
    assert "/" not in file.getvalue().replace("\x1b", "")


def test_work_within_work_stands_below_it_until_it_is_done(console):
    file = console(terminal=True)
    with progress.progress("Analiza", after_s=SOON):
        with progress.progress("Koduję", 3) as done:
            done()
            wait_for("1/3", file)
        before = len(file.getvalue())
        assert [task.description for task in progress._shown[0].tasks] == ["Analiza"]
    assert "1/3" in file.getvalue()[:before]
    assert progress._shown == []


@pytest.mark.parametrize(("terminal", "after_s"), [(False, 0), (True, 60)])
def test_a_file_or_a_short_work_sees_no_bar(console, terminal, after_s):
    file = console(terminal=terminal)
    assert list(tracked("abc" * 10, "Czytam", after_s)) == list("abc" * 10)
    assert file.getvalue() == ""


def test_the_bar_goes_away_when_the_work_breaks_off(console):
    file = console(terminal=True)
    with pytest.raises(RuntimeError):
        for item in tracked(range(20), "Czytam", SOON):
            if item == 10:
                wait_for("10/20", file)
                raise RuntimeError
    assert "10/20" in file.getvalue()
    assert progress._shown == []
    assert file.getvalue().rstrip("\r").endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))


def test_works_that_begin_at_once_share_one_bar(console, monkeypatch):
    console(terminal=True)
    made, bar_of = [], progress._bar

    def slowly():
        time.sleep(SOON)
        made.append(bar_of())
        return made[-1]

    monkeypatch.setattr(progress, "_bar", slowly)
    together = Barrier(8)

    def work():
        together.wait()
        with progress.progress("Czytam"):
            together.wait()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and progress._shown == []
