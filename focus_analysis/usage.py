"""What typer and the system say when a command cannot go on, in the language of the help."""

import errno
import re

from focus_analysis import labels
from focus_analysis.resources import toml

# What typer says, and the key of it in the catalogue of words; the first that fits.
_SAID = {
    "no_option_near": r"No such option: (?P<option>\S+) \(Possible options: (?P<near>.+)\)",
    "no_option": r"No such option: (?P<option>\S+)",
    "no_value": r"Option '(?P<option>.+)' requires an argument\.",
    "missing": r"Missing (?:argument|option) '(?P<name>.+)'\.",
    "no_command_near": r"No such command '(?P<name>.+)'\. Did you mean '(?P<near>.+)'\?",
    "no_command": r"No such command '(?P<name>.+)'\.",
    "too_many": r"Got unexpected extra argument(?:s|\(s\))? \((?P<names>.+)\)",
    "no_choice": r"Invalid value for '(?P<option>.+)': Value error, '(?P<value>.+)' is not one of (?P<choices>.+)\.",
    "no_integer": r"Invalid value for '(?P<option>.+)': Input should be a valid integer.*",
    "too_small": r"Invalid value for '(?P<option>.+)': Input should be greater than or equal to (?P<least>\d+)",
    "invalid": r"Invalid value for '?(?P<name>.+?)'?: (?P<why>.+)",
}


def wrong_usage(message: str, lang: str) -> str:
    """Return a message of typer in one language; one that is not known stays as it is.

    Examples
    --------
    >>> wrong_usage("Missing option '--out'.", "pl")
    'brakuje: --out'
    """
    for key, pattern in _SAID.items():
        if fits := re.fullmatch(pattern, message, re.DOTALL):
            return labels.words(f"usage.{key}", lang, **fits.groupdict())
    return message


def system_refusal(error: OSError, lang: str) -> str:
    """Return which file the system refused and why, in one language where the reason is a usual one."""
    reasons = toml("words.toml")["system"]
    name = errno.errorcode.get(error.errno or 0, "")
    why = reasons[name][lang] if name in reasons else error.strerror
    return f"{error.filename}: {why}" if error.filename else str(why)
