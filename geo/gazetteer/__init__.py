"""The local list of places: loading, searching and their licences."""
