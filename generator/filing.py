"""Where an article stands on the site: its address, its terms and its permanent id."""

import posixpath
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone, tzinfo

from generator import former, urls
from generator.characters import all_shown, shown
from generator.config import Config
from generator.fields import quoted
from generator.inputs import NAMES, Filed
from generator.model import UNDATED, Article, Issue, Severity
from generator.records import Value, changed
from generator.spelling import nearest
from generator.views import Card, Entry, Term, Translation

UNFILED = "general"
"""Where an article stands that names no topic and lies in no topic's folder."""

ENTRY_IDS = uuid.UUID("6ba0a3c4-7d1f-5b53-9d0a-0f6c5a0c2b41")
"""The namespace of entry ids (UUID version 5, RFC 9562): fixed for ever, or subscribers see all anew."""


class Body(Value, frozen=True):
    """An article's body as safe HTML, its number of words and digest; `summary` goes before the article's own."""

    html: str
    words: int = 0
    summary: str = ""
    stamp: str = ""


def file_article(
    article: Article, file: str, body: Body, config: Config, names: Mapping[str, str] = NAMES
) -> Filed:
    """Give an article its place.

    Args:
        article: what the file holds.
        file: its path below the content folder; its name is the slug, its first folder the default topic.
        body: its body.
        config: the site's configuration.
        names: those of `NAMES`, in the site's language.
    """
    zone = config.zone
    name = _slug_of(file)
    path = urls.article_path(article.date, name, zone)
    source = _source(article)
    card = Card(
        id=entry_id(article, path),
        title=shown(article.title) or name,
        path=path,
        date=_local(article.date, zone),
        topic=_topic(article, file, config, names),
        summary=shown(body.summary or article.summary),
        source=source,
        tags=_tags(article.tags, config),
        date_from=article.date_from,
        updated=_local(article.updated, zone) if article.updated else None,
        language="" if is_same(article.language, config.site.language) else article.language,
        has_body=body.words > 0,
        image=_beside(path, article.image),
        authors=all_shown(article.authors),
    )
    return Filed(
        file=file,
        entry=Entry(
            card,
            body.html,
            _web(article.source.url if article.source else ""),
            _web(article.canonical),
            body.stamp,
            body.words,
            _translations(article, config),
        ),
        draft=article.draft,
        expires=article.expires,
        aliases=former.read_aliases(article.aliases, path),
        attachments=(article.image,) if article.image and card.image != article.image else (),
        language=urls.language_code(article.language or config.site.language),
    )


def file_page(article: Article, file: str, body: Body, config: Config) -> Filed | None:
    """Give a page that stands by itself its place: `about.md` is `about/`. `None` where another page is there.

    Args:
        article: what the file holds; a page has no date and heeds no topic, tags or source.
        file: its path below the content folder, its name alone.
        body: its body.
        config: the site's configuration.
    """
    path = f"{_slug_of(file)}/"
    if former.is_reserved(path):
        return None
    card = Card(
        id=entry_id(article, path),
        title=shown(article.title) or _slug_of(file),
        path=path,
        date=UNDATED,
        topic=Term("", ""),
        summary=shown(article.summary or body.summary),
        updated=_local(article.updated, config.zone) if article.updated else None,
        language="" if is_same(article.language, config.site.language) else article.language,
        has_body=body.words > 0,
        image=_beside(path, article.image),
    )
    return Filed(
        file=file,
        entry=Entry(card, body.html, stamp=body.stamp, words=body.words),
        draft=article.draft,
        expires=article.expires,
        aliases=former.read_aliases(article.aliases, path),
        attachments=(article.image,) if article.image and card.image != article.image else (),
    )


def is_same(language: str, site: str) -> bool:
    """Tell whether a text is in the site's language, by their tags (BCP 47): an `en-GB` site speaks `en`."""
    one, other = language.casefold(), site.casefold()
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def mark_held(filed: Filed, now: datetime) -> Filed:
    """Give an article as a preview shows it: there at `now` whatever holds it back, and marked with that."""
    held = filed.held_back(now)
    if held is None:
        return filed
    return changed(filed, entry=changed(filed.entry, card=changed(filed.card, held=held[0])))


def entry_id(article: Article, path: str) -> str:
    """Give an article's permanent id, a `urn:uuid`.

    It comes from the id that ingest wrote; for a file written by hand, from its day and slug. So it survives
    re-filing, retitling and a new domain.
    """
    return uuid.uuid5(ENTRY_IDS, article.id or path).urn


def check_filing(filed: Filed, article: Article, path: str, config: Config) -> tuple[Issue, ...]:
    """List what is odd about an article's place: its topic, its aliases, its addresses.

    Args:
        filed: where `file_article` put it.
        article: what the file holds.
        path: how to name the file in issues.
        config: the site's configuration.
    """
    issues = []
    topic = filed.card.topic
    if not _topic_named(article, filed.file):
        issues.append(Issue(path, 1, f"no topic; filed under {topic.name}", Severity.WARNING))
    elif topic.slug not in {known.slug for known in config.taxonomy}:
        hint = nearest(topic.slug, (known.slug for known in config.taxonomy), likeness=0.7)
        message = (
            f"topic `{topic.slug}` is not in the taxonomy; {hint or '`[topics]` in dateline.toml can add it'}"
        )
        issues.append(Issue(path, 1, message, Severity.WARNING))
    issues += _check_aliases(article, path)
    if len(filed.entry.translations) < len(article.translations):
        own = _language(article, config)
        message = f"`translations` names {own!r}, the article's own language; that is left out"
        issues.append(Issue(path, 1, message, Severity.WARNING))
    for name, address in (
        ("canonical", article.canonical),
        ("source", article.source and article.source.url),
    ):
        if address and not _web(address):
            issues.append(Issue(path, 1, f"`{name}` is no http or https address: {quoted(address)}"))
    return tuple(issues)


def check_page(filed: Filed | None, article: Article, path: str) -> tuple[Issue, ...]:
    """List what is odd about the place of a page that stands by itself: its address, its aliases.

    Args:
        filed: where `file_page` put it.
        article: what the file holds.
        path: how to name the file in issues.
    """
    if filed:
        return tuple(_check_aliases(article, path))
    message = "its address is that of another kind of page; call the file something else, or give it a `date`"
    return (Issue(path, 1, message),)


def _check_aliases(article: Article, path: str) -> list[Issue]:
    return [
        Issue(path, 1, f"alias {quoted(alias)} is no path, or belongs to another kind of page")
        for alias in article.aliases
        if not former.read_alias(alias)
    ]


def _slug_of(file: str) -> str:
    stem = posixpath.basename(file).removesuffix(".md")
    return urls.article_slug(stem, urls.LONGEST_SLUG)


def _topic(article: Article, file: str, config: Config, names: Mapping[str, str]) -> Term:
    name = _topic_named(article, file)
    name, slug = (name, urls.slug(name)) if name else (names[UNFILED], UNFILED)
    return Term(next((topic.label for topic in config.taxonomy if topic.slug == slug), name), slug)


def _topic_named(article: Article, file: str) -> str:
    folder = file.partition("/")[0] if "/" in file else ""
    return shown(article.topic).strip() or folder.replace("-", " ").capitalize()


def _tags(names: Sequence[str], config: Config) -> tuple[Term, ...]:
    aliases = config.aliases
    terms = (_term(aliases.get(urls.slug(name), name)) for name in all_shown(names))
    return tuple({term.slug: term for term in terms}.values())


def _term(name: str) -> Term:
    return Term(name, urls.slug(name))


def _source(article: Article) -> Term | None:
    name = shown(article.source.name).strip() if article.source else ""
    return _term(name) if name else None


def _language(article: Article, config: Config) -> str:
    return article.language or config.site.language


def _translations(article: Article, config: Config) -> tuple[Translation, ...]:
    own = _language(article, config).lower()
    return tuple(
        Translation(tag, address.removeprefix("/"))
        for tag, address in article.translations
        if tag.lower() != own
    )


def _local(moment: datetime, zone: tzinfo) -> datetime:
    # Seconds are as fine as pages and feeds show; a zone of plain offsets survives the way through JSON,
    # which knows minutes of them only (RFC 3339), unlike the local times of the nineteenth century.
    local = moment.astimezone(zone).replace(microsecond=0)
    offset = local.utcoffset() or timedelta()
    return local.replace(tzinfo=timezone(offset - offset % timedelta(minutes=1)))


def _beside(path: str, image: str) -> str:
    if not image or _web(image):
        return image
    return image.lstrip("/") if image.startswith("/") else path + image


def _web(address: str) -> str:
    return address if urls.is_web(address) else ""
