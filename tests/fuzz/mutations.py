"""Files changed at random: every reader refuses them with a message or reads them, and none takes long.

A long round, with files of one's own beside the samples::

    python -m tests.fuzz.mutations --rounds 20000 --files FOLDER --keep failures
"""

import argparse
import io
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from focus_analysis import Limits, read_corpus
from focus_analysis.errors import FocusAnalysisError
from focus_analysis.io.readers import READERS
from tests.io.samples import ARCHIVE, SAMPLES

LONGEST_S = 10.0
LARGEST = 400_000
MEMORY = 4_000_000_000
TOKENS = [
    *(bytes([sign]) for sign in b"\0\r\x15\x1e\x1f\"'<>&{}[]\\#|;:,"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202eR1:\u200b ".encode(), "ą".encode("cp1250"), "ӯ".encode()),
    *(b"-->", b"00:00:01,000 --> 99:99:99,999", b"WEBVTT", b"NOTE ", b"*SUB:\t", b"R1:", b"M: ", b"=cmd|' /C calc'!A0"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<?xml version='1.0' encoding='utf-7'?>", b"<!--", b"]]>"),
    *("Å‚ Å› Ä™ Å¼ ".encode(), b"Wszyscy: ", b"\n<M> ", b"\n(R1) ", b"\nR2> ", b" text:display='none' "),
    *(b"<u who='a'>", b"\\u-9999?", b"\\'ff", b"\\bin99999999 ", b"{\\*\\shpinst "),
    *(b"1e999", b"-1", b"NaN", b"null", b"9" * 20, b"a" * 70_000),
]
_WORD = re.compile(rb"[\w.]+")


class TooLongError(Exception):
    """A reader took longer than it may."""


def mutated(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """A content with one to eight changes."""
    for _ in range(chance.randint(1, 8)):
        size = max(len(content), 1)
        start = chance.randrange(size)
        end = min(size, start + chance.choice((1, 2, 10, 100, 5000)))
        change = chance.randrange(9)
        if change == 0:
            content = content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :]
        elif change == 1:
            content = content[:start] + content[end:]
        elif change == 2:
            content = content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]
        elif change == 3:
            content = content[:start] + chance.choice(TOKENS) + content[start:]
        elif change == 4:
            content = content[:start] + chance.randbytes(end - start) + content[end:]
        elif change == 5:
            content = content[: start + size // 2] if chance.random() < 0.3 else content[:start] + content[end:]
        elif change == 6:
            place = chance.randrange(max(len(other), 1))
            content = content[:start] + other[place : place + 200] + content[end:]
        elif word := _WORD.search(content, start):
            others = _WORD.findall(content[: start + 200]) + TOKENS[-6:]
            content = content[: word.start()] + chance.choice(others) + content[word.end() :]
    return content[:LARGEST]


def mutated_archive(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """An archive in which a part, or the archive itself, was changed."""
    if chance.random() < 0.3:
        return mutated(content, chance, other)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        chosen = chance.choice(source.namelist())
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, mutated(part, chance, other) if name == chosen else part)
    return buffer.getvalue()


def seeds(folders: list[Path]) -> dict[str, bytes]:
    """The samples, an archive of them, and the readable files of folders, by name."""
    found = {**SAMPLES, "wywiady.zip": ARCHIVE}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in READERS:
                found[f"{len(found)}-{path.name}"] = path.read_bytes()
    return found


def cases(rounds: int, files: dict[str, bytes], seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of changed files, each seed in its turn."""
    chance = random.Random(seed)
    names = sorted(files)
    for number in range(rounds):
        name = names[number % len(names)]
        other = files[chance.choice(names)]
        is_archive = zipfile.is_zipfile(io.BytesIO(files[name]))
        yield name, (mutated_archive if is_archive else mutated)(files[name], chance, other)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(signum: int, frame: FrameType | None) -> None:
        raise TooLongError(f"more than {seconds:.0f} s of the processor")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def outcome(name: str, content: bytes, folder: Path) -> str:
    """What reading did: "read", "refused", or the trace of an error that should not come out."""
    path = folder / f"w{Path(name).suffix}"
    path.write_bytes(content)
    try:
        with _alarm(LONGEST_S):
            read_corpus(path, limits=Limits(unpacked_mb=100))
    except FocusAnalysisError:
        return "refused"
    except BaseException:
        return traceback.format_exc()
    return "read"


def main() -> int:
    """Run a round and say what came of it; 1 if an error came out that is none of ours."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--rounds", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--files", type=Path, nargs="*", default=[])
    arguments.add_argument("--keep", type=Path, default=None)
    given = arguments.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    counts: dict[str, Counter[str]] = {}
    failures: dict[str, str] = {}
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, content) in enumerate(cases(given.rounds, seeds(given.files), given.seed)):
            started = time.process_time()
            found = outcome(name, content, Path(folder))
            slowest = max(slowest, (time.process_time() - started, name))
            kind = found if found in ("read", "refused") else "failed"
            counts.setdefault(Path(name).suffix.lower(), Counter())[kind] += 1
            if kind == "failed":
                failures.setdefault(found.splitlines()[-1][:100] + found.splitlines()[-3][:80], found)
                if given.keep:
                    given.keep.mkdir(exist_ok=True)
                    (given.keep / f"{number}-{Path(name).name}").write_bytes(content)
    for suffix, found_counts in sorted(counts.items()):
        sys.stdout.write(f"{suffix:10} {dict(found_counts)}\n")
    sys.stdout.write(f"slowest: {slowest[0]:.1f} s ({slowest[1]})\n")
    for trace in failures.values():
        sys.stdout.write(f"\n{trace}\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
