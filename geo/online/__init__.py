"""Online geocoders behind the gazetteer: off unless chosen, polite, cached, believed with care.

What they answer is brought to WGS-84 before anything keeps it, must lie in the city, bear the name
that was asked for and be of a kind that fits. Keys come from the environment and go nowhere else.
"""

from geo.online.chain import behind
from geo.online.opening import open_providers

__all__ = ["behind", "open_providers"]
