"""The topics news is filed under: the standard taxonomy, which a site renames, drops from and adds to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of a site's taxonomy. `code` is its IPTC Media Topic, "" for a topic of the site's own."""

    slug: str
    label: str
    code: str = ""


TAXONOMY = (
    Topic("politics", "Politics", "medtop:11000000"),
    Topic("conflict", "Conflict", "medtop:16000000"),
    Topic("economy", "Economy", "medtop:04000000"),
    Topic("society", "Society", "medtop:14000000"),
    Topic("crime", "Crime", "medtop:02000000"),
    Topic("disaster", "Disaster", "medtop:03000000"),
    Topic("environment", "Environment", "medtop:06000000"),
    Topic("health", "Health", "medtop:07000000"),
    Topic("science", "Science", "medtop:13000000"),
    Topic("technology", "Technology", "medtop:13000000"),
    Topic("education", "Education", "medtop:05000000"),
    Topic("labour", "Labour", "medtop:09000000"),
    Topic("religion", "Religion", "medtop:12000000"),
    Topic("arts", "Arts", "medtop:01000000"),
    Topic("lifestyle", "Lifestyle", "medtop:10000000"),
    Topic("sport", "Sport", "medtop:15000000"),
    Topic("human-interest", "Human interest", "medtop:08000000"),
    Topic("weather", "Weather", "medtop:17000000"),
)
"""The 17 top-level IPTC Media Topics (NewsCodes, CC BY 4.0), science and technology told apart."""
