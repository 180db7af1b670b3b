"""The command line: arguments in, pipeline called, errors shown."""

import io
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from focus_analysis import labels
from focus_analysis.errors import ArgumentError, FocusAnalysisError
from focus_analysis.schemas import SEVERITIES, Finding
from focus_analysis.usage import system_refusal, wrong_usage

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus
    from focus_analysis.pipeline import Inputs

DONE, INCOMPLETE = 0, 1
Language = Literal["pl", "en"]
_HEADS = ("file", "format", "gmina", "moderator", "participants", "turns", "words", "unlabelled")
_COUNTS = 4  # from here on they are numbers


def _spoken_language(arguments: Sequence[str]) -> Language:
    """Return the language of the help: that of ``--lang``, else of the locale."""
    for place, argument in enumerate(arguments):
        value = (
            argument.partition("=")[2] if argument.startswith("--lang=") else "".join(arguments[place + 1 : place + 2])
        )
        if argument.startswith("--lang") and value in labels.LANGUAGES:
            return "pl" if value == "pl" else "en"
    return "pl" if labels.default_language() == "pl" else "en"


_LANG: Language = _spoken_language(sys.argv[1:])


def _say(key: str, lang: str = _LANG, **gaps: object) -> str:
    return labels.words(f"cli.{key}", lang, **gaps)


class _Command(TyperCommand):
    def get_usage(self, ctx: Any) -> str:
        return super().get_usage(ctx).replace("Usage:", _say("usage"), 1)


class _Group(TyperGroup):
    def get_usage(self, ctx: Any) -> str:
        return super().get_usage(ctx).replace("Usage:", _say("usage"), 1)


def _option(*names: str, default: bool = True, metavar: str | None = None) -> Any:
    return typer.Option(
        *names,
        metavar=metavar,
        help=_say(f"option_{names[0].strip('-')}"),
        rich_help_panel=_say("options"),
        show_default=default,
    )


def _print_version(wanted: bool) -> None:
    if wanted:
        import focus_analysis

        typer.echo(f"focus-analysis {focus_analysis.__version__}")
        raise typer.Exit(DONE)


def _print_help(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(ctx.get_help())
        raise typer.Exit(DONE)


_PATHS: Any = typer.Argument(help=_say("paths"), metavar="PATH...", rich_help_panel=_say("arguments"))
Paths = Annotated[list[Path], _PATHS]
MaybePaths = Annotated[list[Path] | None, _PATHS]
Folder = Annotated[Path, typer.Argument(help=_say("folder"), metavar="FOLDER", rich_help_panel=_say("arguments"))]
Out = Annotated[Path, _option("--out", default=False)]
Codebook = Annotated[Path | None, _option("--codebook", default=False)]
Coder = Annotated[Literal["combined", "rules", "learned"], _option("--coder")]
Sessions = Annotated[Path | None, _option("--sessions", default=False)]
Speakers = Annotated[Path | None, _option("--speakers", default=False)]
Guide = Annotated[list[Path] | None, _option("--guide", default=False)]
TableFile = Annotated[Path | None, _option("--table", default=False)]
Lang = Annotated[Language, _option("--lang")]
Codings = Annotated[list[Path] | None, _option("--codings", default=False)]
SheetFile = Annotated[
    Path, typer.Option("--out", help=_say("file_out"), rich_help_panel=_say("options"), show_default=False)
]
Sample = Annotated[
    int | None,
    typer.Option("--sample", min=1, help=_say("option_sample"), show_default=False, rich_help_panel=_say("options")),
]
SheetOf = Annotated[Literal["codings", "relations", "links"], _option("--of")]
Unit = Annotated[Literal["turn", "speaker"], _option("--unit")]
Blind = Annotated[bool, typer.Option("--blind", help=_say("option_blind"), rich_help_panel=_say("options"))]
WithTranscripts = Annotated[
    bool,
    typer.Option("--with-transcripts", help=_say("option_with-transcripts"), rich_help_panel=_say("options")),
]
Formats = Annotated[list[str], _option("--format", metavar="html|docx|pdf")]
SectionsFile = Annotated[
    Path | None,
    typer.Option("--sections", help=_say("option_outline"), show_default=False, rich_help_panel=_say("options")),
]
Template = Annotated[list[Path] | None, _option("--template", default=False)]
Attribution = Annotated[Literal["region", "powiat", "gmina"], _option("--attribution")]
Help = Annotated[
    bool,
    typer.Option(
        "--help",
        is_eager=True,
        callback=_print_help,
        help=_say("option_help"),
        rich_help_panel=_say("options"),
        show_default=False,
    ),
]
Version = Annotated[
    bool,
    typer.Option(
        "--version",
        is_eager=True,
        callback=_print_version,
        help=_say("option_version"),
        rich_help_panel=_say("options"),
        show_default=False,
    ),
]
_NO_HELP: dict[str, list[str]] = {"help_option_names": []}

app = typer.Typer(
    cls=_Group,
    help=_say("about"),
    add_completion=False,
    no_args_is_help=True,
    context_settings=_NO_HELP,
    pretty_exceptions_enable=False,
)


@app.callback()
def _root(show_help: Help = False, version: Version = False) -> None:
    pass


def _command(name: str) -> Callable[[Any], Any]:
    return app.command(name, cls=_Command, help=_say(name), context_settings=_NO_HELP, rich_help_panel=_say("commands"))


@_command("init")
def _init(folder: Folder, lang: Lang = _LANG, show_help: Help = False) -> None:
    from focus_analysis.pipeline import prepare_study

    corpus, written = prepare_study(folder, lang)
    for workbook in written:
        key = "init_beside" if workbook.left_alone else "init_added" if workbook.added else "init_nothing"
        left = workbook.left_alone.name if workbook.left_alone else ""
        typer.echo(_say(key, lang, path=workbook.path, rows=workbook.added, left=left))
    typer.echo(_say("init_next", lang))
    _finish(corpus, lang)


@_command("check")
def _check(
    paths: MaybePaths = None,
    sessions: Sessions = None,
    speakers: Speakers = None,
    codebook: Codebook = None,
    table: TableFile = None,
    lang: Lang = _LANG,
    show_help: Help = False,
) -> None:
    from focus_analysis.pipeline import Inputs, examine, write_diagnosis

    if not paths:
        if table or sessions or speakers:
            raise typer.BadParameter(_say("check_no_transcripts", lang), param_hint="PATH")
        _check_codebook(codebook, lang)
        return
    corpus, files = examine(Inputs(paths, sessions, speakers, codebook), lang)
    _show_files(files, lang)
    if table:
        write_diagnosis(files, table)
        typer.echo(_say("written", lang, path=table))
    failed = sum(note.severity == "error" for note in corpus.notes)
    typer.echo(_say("counted", lang, read=labels.plural("file", len(corpus), lang), failed=failed))
    _show_findings(corpus.notes, lang, everything=True)
    raise typer.Exit(_exit_code(corpus.notes))


def _check_codebook(file: Path | None, lang: Language) -> None:
    """Show what a codebook holds and what was noticed in it."""
    from focus_analysis.pipeline import Inputs

    if file is None:
        raise typer.BadParameter(_say("check_nothing", lang), param_hint="PATH")
    inputs = Inputs((), codebook=file)
    book = inputs.read_codebook()
    codes = labels.plural("code", len(book.entries), lang)
    patterns = labels.plural("pattern", sum(len(entry.patterns) for entry in book.entries), lang)
    typer.echo(_say("codebook_read", lang, file=file.name, codes=codes, patterns=patterns))
    _show_findings(inputs.noticed_in_codebook(lang), lang, everything=True)


@_command("code")
def _code(
    paths: Paths,
    out: Out,
    codebook: Codebook = None,
    coder: Coder = "combined",
    sessions: Sessions = None,
    speakers: Speakers = None,
    guide: Guide = None,
    lang: Lang = _LANG,
    show_help: Help = False,
) -> None:
    from focus_analysis.pipeline import Inputs, write_codings

    inputs = Inputs(paths, sessions, speakers, codebook, coder, guide=guide or ())
    _announce_training(inputs, lang)
    outcome = write_codings(inputs, out, lang)
    typer.echo(_say("written", lang, path=outcome.written[0]))
    _finish(outcome.corpus, lang)


@_command("sheet")
def _sheet(
    paths: Paths,
    out: SheetFile,
    of: SheetOf = "codings",
    codebook: Codebook = None,
    sessions: Sessions = None,
    speakers: Speakers = None,
    sample: Sample = None,
    unit: Unit = "turn",
    blind: Blind = False,
    lang: Lang = _LANG,
    show_help: Help = False,
) -> None:
    from focus_analysis.sheet_writing import Inputs, write_network_sheet, write_sheet

    if unit == "speaker" and not sample:
        raise typer.BadParameter(_say("unit_alone", lang), param_hint="--unit")
    inputs = Inputs(paths, sessions, speakers, codebook)
    _announce_training(inputs, lang)
    if of == "codings":
        outcome = write_sheet(inputs, out, sample, unit, blind, lang)
    elif sample or blind:
        raise typer.BadParameter(_say("sheet_of_codings", lang), param_hint="--of")
    else:
        outcome = write_network_sheet(inputs, out, of, lang)
    sheet, *plans = outcome.written
    typer.echo(_say("written", lang, path=sheet))
    for plan in plans:
        typer.echo(_say("sheet_plan", lang, path=plan, sheet=sheet))
    typer.echo(_say("sheet_share", lang))
    _finish(outcome.corpus, lang)


@_command("report")
def _report(
    paths: Paths,
    out: Out,
    codebook: Codebook = None,
    coder: Coder = "combined",
    codings: Codings = None,
    sessions: Sessions = None,
    speakers: Speakers = None,
    guide: Guide = None,
    lang: Lang = _LANG,
    formats: Formats = ["html"],  # noqa: B006  typer shows it in the help and never changes it
    with_transcripts: WithTranscripts = False,
    sections: SectionsFile = None,
    template: Template = None,
    attribution: Attribution = "region",
    show_help: Help = False,
) -> None:
    from focus_analysis.pipeline import Inputs, write_report

    wanted = _formats(formats)
    inputs = Inputs(paths, sessions, speakers, codebook, coder, codings or (), guide or ())
    _announce_training(inputs, lang)
    outcome = write_report(inputs, out, lang, wanted, sections, template or (), with_transcripts, attribution)
    for report in outcome.written:
        if report.stem not in ("report", "explorer"):
            typer.echo(_say("report_kept", lang, path=report))
        typer.echo(_say("explorer_share" if report.stem.startswith("explorer") else "written", lang, path=report))
    _finish(outcome.corpus, lang, outcome.noticed)


def _formats(given: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of lists such as "html,docx"; wrong usage where one is unknown."""
    from focus_analysis.pipeline import check_formats

    try:
        return check_formats(name.strip() for text in given for name in text.split(","))
    except ArgumentError as error:
        raise typer.BadParameter(labels.reason(error, _LANG), param_hint="--format") from None


def _announce_training(inputs: "Inputs", lang: str) -> None:
    from focus_analysis.pipeline import needs_training

    if needs_training(inputs):
        typer.echo(_say("training", lang), err=True)


def _finish(corpus: "Corpus", lang: str, noticed: tuple[Finding, ...] = ()) -> None:
    _show_findings(corpus.notes, lang, everything=False)
    if n := sum(note.severity == "warning" for note in corpus.notes):
        typer.echo(_say("see_check", lang, findings=labels.plural("finding", n, lang)), err=True)
    raise typer.Exit(_exit_code((*corpus.notes, *noticed)))


def _exit_code(notes: Iterable[Finding]) -> int:
    return INCOMPLETE if any(note.severity == "error" for note in notes) else DONE


def _show_files(files: "pd.DataFrame", lang: str) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    heads = [_say(f"head_{name}", lang) for name in _HEADS]
    texts = [Column(head, overflow="fold") for head in heads[:_COUNTS]]
    numbers = [Column(head, justify="right", no_wrap=True) for head in heads[_COUNTS:]]
    table = Table(*texts, *numbers, title=_say("check_title", lang), title_justify="left", box=SIMPLE_HEAD, padding=0)
    for file in files[files["session_id"].notna()].astype(object).to_dict("records"):
        known = {name: value if value == value else "?" for name, value in file.items()}
        gmina = f"{known['gmina'].strip('?')}?" if known["place"] != "?" else known["gmina"]
        counts = [str(known[name]) for name in ("n_participants", "n_turns")]
        words, share = labels.number(int(file["n_words"]), lang), f"{100 * file['unlabelled']:.0f}%"
        cells = [known["file"], known["format"], gmina, known["moderator"], *counts, words, share]
        table.add_row(*map(Text, cells))
    Console().print(table)


def _show_findings(notes: Iterable[Finding], lang: str, *, everything: bool) -> None:
    for note in sorted(notes, key=lambda note: SEVERITIES.index(note.severity)):
        if everything or note.severity == "error":
            said = labels.message(note, lang)
            place = f", {note.place}" if note.place else ""
            severity = labels.words(f"severity.{note.severity}", lang)
            typer.echo(f"{severity}: {note.file}{place}: {said.what}. {said.why} {said.how}", err=not everything)


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"{labels.words('severity.warning', _LANG)}: {message}", err=True)


def _show_wrong_usage(error: typer.TyperException) -> None:
    """Say what is wrong with the arguments; where there were none, the help has been shown already."""
    if said := error.format_message():
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "focus-analysis"
        shown = [context.get_usage()] if context else []
        shown += [_say("error", reason=wrong_usage(said, _LANG)), labels.words("usage.help", _LANG, command=command)]
        typer.echo("\n".join(shown), err=True)


def main() -> None:
    """Run the command line: exit code 0 done, 1 some input could not be used, 2 wrong usage."""
    warnings.showwarning = _show_warning
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(app(_spread(sys.argv[1:]), prog_name="focus-analysis", standalone_mode=False))
    except typer.TyperException as error:
        _show_wrong_usage(error)
        sys.exit(error.exit_code)
    except FocusAnalysisError as error:
        typer.echo(_say("error", reason=labels.reason(error, _LANG)), err=True)
        sys.exit(INCOMPLETE)
    except OSError as error:
        typer.echo(_say("error", reason=system_refusal(error, _LANG)), err=True)
        sys.exit(INCOMPLETE)


def _spread(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with ``--codings`` before each of the files that follow it."""
    spread: list[str] = []
    for argument in arguments:
        follows = len(spread) > 1 and spread[-2] == "--codings" and not argument.startswith("-")
        spread += ["--codings", argument] if follows else [argument]
    return spread


if __name__ == "__main__":
    main()
