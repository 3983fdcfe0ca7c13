"""What matters on a page of many stories: how much each is covered, which section comes first, what leads.

Coverage is counted on the page itself: the stories of one event share tags, so the story that most others are about
too stands for the largest event. Nothing is known of how often a word occurs elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence

from generator.records import changed
from generator.views import Card, Section

FOLLOWING = 3
"""How many stories stand below the lead that are about the same."""

SECTIONS = 9
"""How many topics have a section on the front page."""

LARGE, MANY, FEW = 3, 6, 4
"""How many of these sections are large, and how many stories a large and a small one have."""

BRIEFS, FEW_BRIEFS = 9, 5
"""How many of the stories left over the front page names in a line each, beside a long column and a short one."""


def coverage(cards: Sequence[Card]) -> dict[str, int]:
    """Count for each story, by its path, how many of the others share a tag with it.

    Stories are bits, and a tag an integer with the bits of those that carry it: a page of tens of thousands of
    stories takes a fraction of a second, even where all carry the same tag.
    """
    carriers: dict[str, int] = {}
    for position, card in enumerate(cards):
        for tag in card.tags:
            carriers[tag.slug] = carriers.get(tag.slug, 0) | 1 << position
    return {
        card.path: max(_either(carriers[tag.slug] for tag in card.tags).bit_count() - 1, 0) for card in cards
    }


def _either(sets: Iterable[int]) -> int:
    whole = 0
    for one in sets:
        whole |= one
    return whole


def choose_lead(cards: Sequence[Card], covered: Mapping[str, int]) -> Card | None:
    """Choose the story of the newest day that most others are about too; of several the newest that has a text.

    Args:
        cards: stories, newest first.
        covered: what `coverage` counted.
    """
    today = [card for card in cards if card.date.date() == cards[0].date.date()]
    return max(today, key=lambda card: (covered[card.path], card.has_body, card.date), default=None)


def order_sections(cards: Iterable[Card], covered: Mapping[str, int]) -> tuple[Section, ...]:
    """Group stories by topic, the most important topic first.

    That is the one with the most covered story; of several the one with the most stories, then the one with the
    newest, then the first by slug.

    Args:
        cards: stories, newest first; they stay so within a section.
        covered: what `coverage` counted.
    """
    by_topic: dict[str, list[Card]] = {}
    for card in cards:
        by_topic.setdefault(card.topic.slug, []).append(card)

    def rank(slug: str) -> tuple[int, int, float, str]:
        found = by_topic[slug]
        return (-max(covered[card.path] for card in found), -len(found), -found[0].date.timestamp(), slug)

    return tuple(
        Section(by_topic[slug][0].topic, tuple(by_topic[slug])) for slug in sorted(by_topic, key=rank)
    )


def choose_following(cards: Iterable[Card], lead: Card) -> tuple[Card, ...]:
    """Choose what else there is about the lead's story: those that share most tags with it, of equals the newest.

    Args:
        cards: other stories, newest first.
        lead: the story that leads the page.
    """
    slugs = {tag.slug for tag in lead.tags}
    shared = [(sum(tag.slug in slugs for tag in card.tags), card) for card in cards]
    best = sorted(shared, key=lambda one: one[0], reverse=True)[:FOLLOWING]
    return tuple(card for count, card in best if count)


def front_sections(cards: Sequence[Card], covered: Mapping[str, int]) -> tuple[Section, ...]:
    """Give the sections of the front page: the most important topics, of each as many stories as there is room for.

    Args:
        cards: the stories that stand nowhere else, newest first.
        covered: what `coverage` counted.
    """
    sections = order_sections(cards, covered)[:SECTIONS]
    room = [MANY] * LARGE + [FEW] * len(sections)
    return tuple(_cut(section, size, covered) for section, size in zip(sections, room, strict=False))


def _cut(section: Section, size: int, covered: Mapping[str, int]) -> Section:
    """Let a section begin with the most covered story of its newest day; the others stay newest first."""
    first = choose_lead(section.cards, covered)
    cards = sorted(section.cards, key=lambda card: card is not first)[:size]
    return changed(section, cards=tuple(cards), more=len(section.cards) - len(cards))


def choose_briefs(cards: Iterable[Card], shown: Iterable[Card], most: int = BRIEFS) -> tuple[Card, ...]:
    """Choose what the front page names in a line: the newest stories that it shows nowhere else.

    Args:
        cards: all stories of the page, newest first.
        shown: those that it shows already.
        most: how many there is room for.
    """
    full = {card.path for card in shown}
    return tuple(card for card in cards if card.path not in full)[:most]
