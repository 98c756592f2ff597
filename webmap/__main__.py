"""Lets `python -m webmap` stand for the `planned-works` command."""

from webmap.cli import main

main(prog_name="planned-works")
