"""Open the providers that were chosen, with their settings, pace and cache."""

from collections.abc import Iterable, Mapping

from geo.home import home_path
from geo.online.asking import Asker
from geo.online.cache import Cache
from geo.online.pace import Pace
from geo.online.providers import PROVIDERS, Provider
from geo.online.settings import access, interval_s


def open_providers(names: Iterable[str], environment: Mapping[str, str]) -> tuple[Asker, ...]:
    """Open providers by name, in this order, each once; nothing is asked yet.

    Parameters
    ----------
    names
        Of `geo.online.providers.PROVIDERS`.
    environment
        The variables that hold keys and addresses, such as `os.environ`.

    Raises
    ------
    SettingError
        When a setting that a provider needs is missing or cannot be used.
    """
    chosen = (PROVIDERS[name] for name in dict.fromkeys(names))
    return tuple(_asker(provider, environment) for provider in chosen)


def _asker(provider: Provider, environment: Mapping[str, str]) -> Asker:
    reached = access(provider, environment)
    return Asker(
        provider,
        provider.open(reached),
        f"{provider.name} {reached.url}",
        Pace(interval_s(provider, environment)),
        Cache(home_path("cache", "geocoders")),
    )
