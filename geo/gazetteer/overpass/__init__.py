"""Asks an Overpass server for a city's named features, and only when it is called."""
