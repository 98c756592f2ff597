"""The colours of stages on a dark ground: the same hues, each as light as it must be."""

import colorsys
from collections.abc import Mapping
from typing import Final

from geo.model import Stage
from layers.titles import STAGE_COLOURS

GROUND: Final = "#23221f"
"""Land of the base map in dark mode, as `dark.css` has it."""

DARK_CASING: Final = "#191814"
DARK_INK: Final = "#ece9e2"

# On a light ground the ramp falls in luminance; on a dark one it rises, so that what is furthest
# along stands out most on either; the steps keep the colours apart for readers with a colour
# blindness as well.
_CONTRASTS: Final[Mapping[Stage, float]] = {
    Stage.PLAN: 3.9,
    Stage.PRELIMINARY_WORK: 4.4,
    Stage.START: 5.4,
    Stage.UNDER_CONSTRUCTION: 6.3,
    Stage.COMPLETE: 9.9,
    Stage.OPEN_TO_SERVICE: 12.5,
    Stage.ONGOING: 5.1,
}
_ROUNDS: Final = 20


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours (#rrggbb), from 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on_dark(colour: str, wanted: float) -> str:
    """Give a colour of the same hue with this contrast to the dark ground."""
    hue, _lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    low, high = 0.0, 1.0
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        is_enough = contrast(_hex(hue, middle, saturation), GROUND) >= wanted
        low, high = (low, middle) if is_enough else (middle, high)
    return _hex(hue, high, saturation)


def _luminance(colour: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    linear = (_linear(value) for value in _channels(colour))
    return sum(weight * value for weight, value in zip(weights, linear, strict=True))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(hue: float, lightness: float, saturation: float) -> str:
    channels = colorsys.hls_to_rgb(hue, lightness, min(saturation, 0.8))
    return "#" + "".join(f"{round(value * 255):02x}" for value in channels)


DARK_STAGE_COLOURS: Final[Mapping[Stage, str]] = {
    stage: on_dark(colour, _CONTRASTS[stage]) for stage, colour in STAGE_COLOURS.items()
}
