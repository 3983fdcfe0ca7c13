"""The language of a text, and its sentences."""
