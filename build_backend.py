"""PEP 517 backend: setuptools, after the pinned front-end assets have been installed."""

from setuptools.build_meta import *  # noqa: F403
