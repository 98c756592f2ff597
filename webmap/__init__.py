"""From layers to the web."""
