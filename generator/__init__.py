"""Dateline: raw news in, a static news digest out."""

__version__ = "0.1.0"
