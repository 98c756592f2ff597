"""The settings of online geocoders, from the environment; a key is never repeated in a message."""

import re
from collections.abc import Mapping
from importlib.metadata import version

from geo.errors import SettingError
from geo.online.fetching import Fetcher
from geo.online.providers import PROVIDERS, Access, Provider

_PREFIX = "PLANNED_WORKS_"
CONTACT, SECRET = f"{_PREFIX}NOMINATIM_CONTACT", f"{_PREFIX}BAIDU_SECRET"
TIMEOUT, INTERVAL = f"{_PREFIX}GEOCODER_TIMEOUT", f"{_PREFIX}GEOCODER_INTERVAL"
_TIMEOUT_S = 10.0
_LONGEST_S = 300.0
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[\w./~-]*)?", re.ASCII)
_KEY = re.compile(r"[!-~]{1,200}")
_CONTACT = re.compile(r"(?=.*(@|://))[!-~]{5,100}")

Environment = Mapping[str, str]


def url_setting(provider: Provider) -> str:
    """Name of the setting for the provider's address."""
    return f"{_PREFIX}{provider.name.upper()}_URL"


def key_setting(provider: Provider) -> str:
    """Name of the setting for the provider's key."""
    return f"{_PREFIX}{provider.name.upper()}_KEY"


def all_settings() -> tuple[str, ...]:
    """Names of all settings that this module reads."""
    urls = map(url_setting, PROVIDERS.values())
    keys = (key_setting(provider) for provider in PROVIDERS.values() if provider.needs_key)
    return (*urls, *keys, SECRET, CONTACT, TIMEOUT, INTERVAL)


def access(provider: Provider, environment: Environment) -> Access:
    """Say how a provider is reached.

    Raises
    ------
    SettingError
        When a setting is missing or cannot be used.
    """
    fetcher = Fetcher(
        _seconds(TIMEOUT, environment, _TIMEOUT_S), _user_agent(provider, environment)
    )
    url = _text(url_setting(provider), environment) or provider.url
    if not _ADDRESS.fullmatch(url):
        raise SettingError(
            f"{url_setting(provider)} is no address: give one such as {provider.url}."
        )
    return Access(fetcher, url.rstrip("/"), _key(provider, environment), _secret(environment))


def interval_s(provider: Provider, environment: Environment) -> float:
    """Seconds between two requests: the provider's own on its public server, or the setting.

    Raises
    ------
    SettingError
        When the setting is no number of seconds.
    """
    wanted = _seconds(INTERVAL, environment, provider.interval_s)
    own_server = _text(url_setting(provider), environment) not in {"", provider.url}
    return wanted if own_server else max(wanted, provider.interval_s)


def _key(provider: Provider, environment: Environment) -> str:
    if not provider.needs_key:
        return ""
    name = key_setting(provider)
    key = _text(name, environment)
    if not key:
        raise SettingError(f"{provider.title} answers only with a key: set {name} to yours.")
    return _checked(name, key)


def _secret(environment: Environment) -> str:
    secret = _text(SECRET, environment)
    return _checked(SECRET, secret) if secret else ""


def _checked(name: str, key: str) -> str:
    if not _KEY.fullmatch(key):
        raise SettingError(f"{name} holds signs that no key has: copy it again.")
    return key


def _user_agent(provider: Provider, environment: Environment) -> str:
    program = f"planned-works/{version('planned-works')}"
    if provider.needs_key:
        return program
    contact = _text(CONTACT, environment)
    if not _CONTACT.fullmatch(contact):
        raise SettingError(
            f"{provider.title} wants to know who asks: set {CONTACT} to your e-mail address or "
            "web page."
        )
    return f"{program} ({contact})"


def _seconds(name: str, environment: Environment, default: float) -> float:
    text = _text(name, environment)
    try:
        seconds = float(text) if text else default
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_S or (name == TIMEOUT and seconds == 0):
        raise SettingError(f"{name} is no number of seconds up to {_LONGEST_S:.0f}: mend it.")
    return seconds


def _text(name: str, environment: Environment) -> str:
    return environment.get(name, "").strip()
