"""The commands of `planned-works`, one a file."""
