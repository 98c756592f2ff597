"""From an uploaded plan to works on the map: read it, correct it, publish it."""
