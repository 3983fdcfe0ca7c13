"""How the one story of a whole page that was captured as text is found."""
