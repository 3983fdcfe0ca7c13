"""Raw bytes to articles: read, split, clean, describe."""
