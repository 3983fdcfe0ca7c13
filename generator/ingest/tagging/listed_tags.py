"""Tags for an article in a language whose `tags.toml` lists names and subjects, and what its text shows besides."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from generator.ingest.summarising.leads import story_sentences
from generator.ingest.tagging.capitals import Span, find_places, find_spans
from generator.ingest.tagging.gazetteer import Gazetteer, Hit, Word, folded, gazetteer, words_of
from generator.ingest.tagging.honorifics import find_honoured
from generator.ingest.tagging.mentions import TITLE
from generator.ingest.tagging.merging import variant_key
from generator.ingest.tagging.ranking import MENTIONED, Candidate, chosen, is_early, is_own, ranked, score

_ENOUGH = 5  # tags; where there are fewer, names and subjects that come up once are tags, too
_LONG = 10  # paragraphs, after which a subject must come up once more
_ALONE = 3.0  # how often a single word must come up to be a name that no list has; an acronym once more


@dataclass(slots=True)
class _Places:
    """Where a name or subject is mentioned: paragraphs, counted from 0, and `TITLE`; and what that counts."""

    weight: float = 0.0
    paragraphs: list[int] = field(default_factory=list)

    def add(self, weight: float, paragraphs: Sequence[int]) -> None:
        self.weight += weight
        self.paragraphs.extend(paragraphs)


def find_listed_tags(
    title: str, paragraphs: Sequence[str], source: str, language: str, most: int
) -> list[str]:
    """Find the tags of an article in one of the gazetteer's languages, best first, as `tags.find_tags` says."""
    table = gazetteer(language)
    read = _read_characters if language == "ja" else _read_words
    hits, spans = read(title, paragraphs, table)
    length = len(paragraphs)
    names = {tag: places for (tag, is_name), places in hits.items() if is_name}
    shown = _resolved(spans, names, table)
    outlets = table.words["outlets"]
    people = [
        _name(tag, places, length, whole=folded(tag, language) not in outlets)
        for tag, places in names.items()
    ]
    people += [
        _name(tag, places, length, whole=" " in tag or language == "ja") for tag, places in shown.items()
    ]
    people = [one for one in ranked(people) if not is_own(one.text, source, known=one.text in names)]
    people = [one for one in people if not _is_part(one, people, {**shown, **names}[one.text])]
    subjects = ranked(_subject(tag, places, length) for (tag, is_name), places in hits.items() if not is_name)
    best = chosen([one for one in people if one.fit], [one for one in subjects if one.fit], most)
    if len(best) < _ENOUGH:
        spare = [one for one in [*people, *subjects] if one.spare and one not in best]
        best += ranked(spare)[: min(_ENOUGH, most) - len(best)]
    return [one.text for one in ranked(best)]


def _is_part(name: Candidate, names: Sequence[Candidate], places: _Places) -> bool:
    """Whether a name stands for a longer one that is more in the news, as Dortmund for Borussia Dortmund."""
    better = names[: names.index(name)]
    return places.weight < _ALONE and any(f" {name.text} " in f" {one.text} " for one in better)


def _name(tag: str, places: _Places, length: int, *, whole: bool) -> Candidate:
    """A name as a tag; what is `whole` is more than a single capital that nobody knows."""
    in_title, early = TITLE in places.paragraphs, is_early(places.paragraphs, length)
    enough = places.weight >= (MENTIONED if whole or in_title else _ALONE + tag.isupper())
    fit = enough or (places.weight >= 1 and whole and (in_title or early))
    rank = score(places.weight, len(set(places.paragraphs)), in_title=in_title, early=early)
    return Candidate(tag, rank + 0.5 * whole, fit, spare=whole and places.weight >= 1)


def _subject(tag: str, places: _Places, length: int) -> Candidate:
    in_title, early = TITLE in places.paragraphs, is_early(places.paragraphs, length)
    fit = places.weight >= MENTIONED + length // _LONG
    rank = score(places.weight, len(set(places.paragraphs)), in_title=in_title, early=early)
    return Candidate(tag, rank, fit, spare=in_title or early or places.weight >= MENTIONED)


def _read_words(
    title: str, paragraphs: Sequence[str], table: Gazetteer
) -> tuple[Mapping[tuple[str, bool], _Places], list[tuple[Span, int]]]:
    """What the lists have, and what capitals show, sentence by sentence."""
    hits: defaultdict[tuple[str, bool], _Places] = defaultdict(_Places)
    spans: list[tuple[Span, int]] = []
    sentences = [
        (number, words_of(sentence, table.language))
        for number, paragraph in enumerate((title, *paragraphs), TITLE)
        for sentence in story_sentences(paragraph, table.language)
    ]
    places: defaultdict[int, list[Span]] = defaultdict(list)
    if table.language == "de":
        for at, place in find_places([words for _, words in sentences], table):
            places[at].append(place)
    for at, (number, words) in enumerate(sentences):
        shown = [] if table.language == "ar" else [*find_spans(words, table), *places[at]]
        found = [hit for hit in table.find(words) if not _is_in_person(hit, shown, words)]
        for hit in found:
            hits[hit.tag, hit.is_name].add(hit.weight, (number,))
        taken = {at for hit in found for at in range(hit.start, hit.end)}
        spans += [(span, number) for span in shown if not taken.issuperset(range(span.start, span.end))]
    return hits, spans


def _is_in_person(hit: Hit, spans: Sequence[Span], words: Sequence[Word]) -> bool:
    """Whether a single listed word is a part of a longer name: the Paris of Paris Tarrow."""
    single = hit.end - hit.start == 1 and words[hit.start].text[:1].isupper()
    return single and any(
        span.start <= hit.start and hit.end <= span.end and span.end - span.start > 1 for span in spans
    )


def _read_characters(
    title: str, paragraphs: Sequence[str], table: Gazetteer
) -> tuple[Mapping[tuple[str, bool], _Places], list[tuple[Span, int]]]:
    hits: defaultdict[tuple[str, bool], _Places] = defaultdict(_Places)
    spans: list[tuple[Span, int]] = []
    for number, paragraph in enumerate((title, *paragraphs), TITLE):
        for hit in table.find_characters(paragraph):
            hits[hit.tag, hit.is_name].add(hit.weight, (number,))
        spans += [(span, number) for span in find_honoured(paragraph, table)]
    return hits, spans


def _resolved(
    spans: Sequence[tuple[Span, int]], names: Mapping[str, _Places], table: Gazetteer
) -> dict[str, _Places]:
    """The names that are shown, each under its fullest form; what is short for a listed one counts for that."""
    sure = {span.text for span, _ in spans if span.sure}
    keys = {variant_key(name): name for name in (*sure, *names)}
    found: defaultdict[str, _Places] = defaultdict(_Places)
    for span, number in spans:
        if span.sure or span.text in sure:
            found[keys.get(variant_key(span.text), span.text)].add(1, (number,))
    for name in [name for name in found if name in names]:
        names[name].add(found[name].weight, found.pop(name).paragraphs)
    _fold_short(found, names, table)
    return found


def _fold_short(found: defaultdict[str, _Places], names: Mapping[str, _Places], table: Gazetteer) -> None:
    """Give what a short form counts to the one fuller name that ends with it, and drop what is then no name."""
    for short in sorted(found, key=len):
        plain = short.removesuffix("s") if table.language == "de" else short
        fuller = {
            name for name in (*found, *names) if name != short and _is_fuller(name, {short, plain}, table)
        }
        if len(fuller) == 1:
            places = found.pop(short)
            name = fuller.pop()
            (names.get(name) or found[name]).add(places.weight, places.paragraphs)
        elif fuller and " " not in short:
            del found[short]


def _is_fuller(name: str, short: Collection[str], table: Gazetteer) -> bool:
    """Whether a name is a person's whose family name is short for it, or the same without a genitive ending."""
    first, _, family = name.partition(" ")
    if words_of(first, table.language)[0].folded in table.words.get("heads", ()):
        return False
    return name in short or any(family == one or family.endswith(f" {one}") for one in short)
