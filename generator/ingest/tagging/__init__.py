"""The people, places, organisations and subjects of an article."""
