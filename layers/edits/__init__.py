"""Corrections that people made in the layers: compared three ways, kept, and applied to builds."""
