"""Feeds, entry by entry."""
