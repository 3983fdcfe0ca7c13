"""The people, places and organisations a news text names, each once, however often and however it is called."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.ingest.tagging.lexicon import Phrase, fold, lexicon, spelled
from generator.ingest.tagging.mentions import Mention, find_mentions
from generator.ingest.tagging.merging import key_of_words, word_key

_LINKS = frozenset({"of", "for", "on", "and"})
_NUMERALS = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
_NAMESAKES = 20  # fuller names that are tried for a short one


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place or organisation.

    Attributes:
        text: the spelling the lexicon asks for, else the fullest form in the text.
        weight: how often it is mentioned; an adjective counts half.
        forms: how it is called, folded.
        paragraphs: where it is mentioned, counted from 0; -1 is the title.
        known: whether the lexicon has it.
    """

    text: str
    weight: float
    forms: frozenset[str]
    paragraphs: frozenset[int]
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Forms:
    """How often each form is used; the longer forms by family name, by first word and by initials."""

    counts: Mapping[str, int]
    by_last: Mapping[str, Sequence[str]]
    by_first: Mapping[str, Sequence[str]]
    by_initials: Mapping[str, str]


def find_names(title: str, paragraphs: Sequence[str]) -> list[Name]:
    """Every name in an article, in the order of first mention; a title with all words in capitals adds none."""
    found_groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in find_mentions(title, paragraphs):
        found_groups[fold(" ".join(mention.words)).removeprefix("the ")].append(mention)
    groups = _without_variants(found_groups)
    forms = _forms(groups)
    homes = {key: _home(key, found[0], forms) for key, found in groups.items()}
    merged: defaultdict[str, list[Mention]] = defaultdict(list)
    for key, found in groups.items():
        home = key
        while homes[home]:
            home = homes[home]
        merged[home].extend(found)
    return [_name(found) for found in merged.values()]


def _without_variants(groups: Mapping[str, list[Mention]]) -> Mapping[str, list[Mention]]:
    """Bring other spellings of a name, whole or of its last word, under the commonest, the first of equals."""
    spelt: dict[str, str] = {}
    for key in sorted(groups, key=lambda key: -len(groups[key])):
        *_, word = words = key.split()
        spelt.setdefault(key_of_words(words), key)
        spelt.setdefault(f" {word_key(word)}", word)
    merged: defaultdict[str, list[Mention]] = defaultdict(list)
    for key, found in groups.items():
        *before, last = key.split()
        right = (*before, spelt[f" {word_key(last)}"])
        merged[spelt.get(key_of_words(right), key)].extend(found)
    return merged


def _forms(groups: Mapping[str, Sequence[Mention]]) -> _Forms:
    fuller = sorted((key for key in groups if " " in key), key=lambda key: -len(groups[key]))
    by_last: defaultdict[str, list[str]] = defaultdict(list)
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for key in fuller:
        by_last[_family(tuple(key.split()))].append(key)
        by_first[key.partition(" ")[0]].append(key)
    spelt_out = {_initials(groups[key][0].words): key for key in reversed(fuller) if key.count(" ") > 1}
    said = {fold(mention.short): key for key in fuller for mention in groups[key] if mention.short}
    counts = {key: len(found) for key, found in groups.items()}
    return _Forms(counts, by_last, by_first, spelt_out | said)


def _family(words: Phrase) -> str:
    return words[-2] if len(words) > 1 and words[-1] in _NUMERALS else words[-1]


def _initials(words: Phrase) -> str:
    return "".join(word[0] + "&" * word.endswith("&") for word in words if word[0].isupper()).casefold()


def _home(key: str, mention: Mention, forms: _Forms) -> str:
    """The fuller form that a form is short for, or the singular of a plural; "" if it stands for itself."""
    words = tuple(key.split())
    home = "" if spelled(mention.words) else _by_family(words, forms) or _by_head(words, forms)
    if not home and len(words) == 1 and mention.words[0][0].isupper():
        home = forms.by_initials.get(key, "")
    return home or next(
        (key[: -len(s)] for s in ("s", "es") if key.endswith(s) and key[: -len(s)] in forms.counts), ""
    )


def _by_family(words: Phrase, forms: _Forms) -> str:
    """The person whose family name this is, or whose name this is with fewer parts."""
    namesakes = [tuple(key.split()) for key in forms.by_last.get(_family(words), ())[:_NAMESAKES]]
    if len(words) == 1 and words[0] in lexicon().surnames:
        person = fold(lexicon().surnames[words[0]])
        return person if person in forms.by_last.get(words[0], ()) else ""
    for longer in namesakes:
        first = longer[0]
        if len(longer) == len(words) > 1 and _abbreviates(words, longer):
            return " ".join(longer)
        if len(longer) <= len(words) or not _is_person(longer) or (len(words) > 1 and words[0] not in longer):
            continue
        # "Thunderbolt" is not short for "Apple Thunderbolt" where there is more of Apple than of Thunderbolt
        alone = (
            forms.counts.get(first, 0) > forms.counts[" ".join(words)]
            and first not in lexicon().words["given"]
        )
        if not alone or forms.counts[" ".join(longer)] > 1:
            return " ".join(longer)
    return ""


def _abbreviates(words: Phrase, longer: Phrase) -> bool:
    """Whether a name is another with the first name cut to its initial: "A. Prowse" for "Ada Prowse"."""
    return len(words[0]) == 1 < len(longer[0]) and longer[0][0] == words[0] and words[1:] == longer[1:]


def _by_head(words: Phrase, forms: _Forms) -> str:
    """What begins so: an organisation, a person by first name, a family name that comes first."""
    table = lexicon().words
    for key in forms.by_first.get(words[0], ())[:_NAMESAKES]:
        longer = tuple(key.split())
        if len(longer) <= len(words) or longer[: len(words)] != words:
            continue
        organisation = longer[-1] in table["organisation_ends"] or longer[len(words)] in _LINKS
        hyphened = len(longer) == 2 and "-" in longer[1]  # noqa: PLR2004 - Jong-un behind Kim
        person = hyphened or words[0] in table["given"] or words[0] in table["family_first"]
        if organisation or (len(words) == 1 and person):
            return key
    return ""


def _is_person(words: Phrase) -> bool:
    """Whether words can be a person's first and family names: nothing says that they are anything else."""
    table = lexicon().words
    if (
        spelled(words) in lexicon().places
        or words[-1] in table["organisation_ends"]
        or words[-1] in table["generic"]
    ):
        return False
    return not any(word in _LINKS or word.endswith("&") for word in words)


def _name(found: Sequence[Mention]) -> Name:
    spellings = Counter(mention.words for mention in found)
    known = next((right for right in map(spelled, spellings) if right), "")
    if not known and all(len(words) == 1 for words in spellings):
        known = next((lexicon().surnames.get(fold(word), "") for (word,) in spellings), "")
    return Name(
        text=known or " ".join((*_fullest(spellings), *_number(found))),
        weight=sum(mention.weight for mention in found),
        forms=frozenset(fold(" ".join(words)) for words in spellings),
        paragraphs=frozenset(mention.paragraph for mention in found),
        known=bool(known),
    )


def _fullest(spellings: Mapping[Phrase, int]) -> Phrase:
    """The form with most words, if it is not much rarer than others; none in all capitals, if there is another."""
    mixed = [words for words in spellings if not " ".join(words).isupper()] or list(spellings)
    full = [words for words in mixed if len(words) > 1] or mixed
    return max(
        full, key=lambda words: min(spellings[words], 3) + sum(len(word.strip(".")) > 1 for word in words)
    )


def _number(found: Sequence[Mention]) -> Phrase:
    """The number that mostly stands behind a name: Euro 2020."""
    if not any(mention.number for mention in found):
        return ()
    number, times = Counter(mention.number for mention in found).most_common(1)[0]
    return (number,) if number and times > max(1, len(found) / 2) else ()
