"""The Overpass server that is asked, how patiently and in whose name: from the environment."""

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from geo.errors import SettingError

URL_VARIABLE = "PLANNED_WORKS_OVERPASS_URL"
TIMEOUT_VARIABLE = "PLANNED_WORKS_OVERPASS_TIMEOUT"
PAUSE_VARIABLE = "PLANNED_WORKS_OVERPASS_PAUSE"
CONTACT_VARIABLE = "PLANNED_WORKS_OVERPASS_CONTACT"

DEFAULT_URL = "https://overpass-api.de/api/interpreter"
DEFAULT_TIMEOUT_S = 180.0
DEFAULT_PAUSE_S = 2.0

_URL = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[!-~]*)?", re.ASCII)
# What may stand in a header: an e-mail address or a web address, not a second header.
_CONTACT = re.compile(r"[!-~][ -~]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Server:
    """An Overpass server: its interpreter's address, and seconds to wait for and between answers.

    `timeout_s` is what a question may take there, `pause_s` what passes between two questions,
    `agent` the program and contact that each question names.
    """

    url: str = DEFAULT_URL
    timeout_s: float = DEFAULT_TIMEOUT_S
    pause_s: float = DEFAULT_PAUSE_S
    agent: str = "planned-works"


def server_from(environment: Mapping[str, str] = os.environ) -> Server:
    """Read the server from settings; what is unset or blank has its default.

    Raises
    ------
    SettingError
        With one sentence, for a setting whose value cannot be used.
    """
    url = environment.get(URL_VARIABLE, "").strip() or DEFAULT_URL
    if not _URL.fullmatch(url):
        raise SettingError(
            f"{URL_VARIABLE} is no web address: give an interpreter's, such as {DEFAULT_URL}."
        )
    return Server(
        url,
        _seconds(environment, TIMEOUT_VARIABLE, DEFAULT_TIMEOUT_S, (1, 3600)),
        _seconds(environment, PAUSE_VARIABLE, DEFAULT_PAUSE_S, (0, 3600)),
        _agent(environment.get(CONTACT_VARIABLE, "").strip()),
    )


def _seconds(
    environment: Mapping[str, str], name: str, default: float, limits: tuple[int, int]
) -> float:
    text = environment.get(name, "").strip()
    try:
        value = float(text) if text else default
    except ValueError:
        value = math.nan
    if not limits[0] <= value <= limits[1]:
        raise SettingError(
            f"{name} is no time: give seconds from {limits[0]} to {limits[1]}, like {default:.0f}."
        )
    return value


def _agent(contact: str) -> str:
    """Name the program and, where the user gives one, an address for the server's keepers."""
    program = f"planned-works/{version('planned-works')}"
    if not contact:
        return program
    if not _CONTACT.fullmatch(contact):
        raise SettingError(
            f"{CONTACT_VARIABLE} is no address: give an e-mail or web address in Latin letters, "
            "at most 100."
        )
    return f"{program} ({contact})"
