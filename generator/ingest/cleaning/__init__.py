"""What the text of a story is cleaned of, and how it is mended."""
