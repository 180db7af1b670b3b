"""What is written of how results were made."""

from focus_analysis.inputs import Inputs
from focus_analysis.records import report_command


def test_the_command_asks_for_everything_that_was_asked_for():
    inputs = Inputs(["badanie/rozmowy"], codebook="moje/kody.yaml", codings=["a.xlsx"], coder="rules")
    plain = report_command(inputs, "pl", ["html"], None, [])
    assert plain == (
        "focus-analysis report rozmowy --out results --codebook kody.yaml --codings a.xlsx "
        "--coder rules --lang pl --format html"
    )
    whole = report_command(inputs, "pl", ["html"], None, [], "gmina", with_transcripts=True)
    assert whole == f"{plain} --attribution gmina --with-transcripts"
