"""What a build has to say to the pages that are open in a browser meanwhile, and what of it each has missed."""

from generator.records import Value, encode

ALL = "*"
"""In place of addresses of stylesheets: any of them may have changed."""


class News(Value, frozen=True):
    """What a build did that open pages may want to know.

    Attributes:
        changed: paths of the files that it wrote or deleted, below the output folder, `/` between their parts.
        problems: what is wrong now, `path:line: message` each; none where all is well.
        failed: tells that the build failed, so that the site is still the last good one.
    """

    changed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    failed: bool = False


class Message(Value, frozen=True):
    """What an open page is told, as JSON.

    Attributes:
        reload: names the state the page will have when it is loaded again; `""` where there is no need to.
        css: addresses of the stylesheets to fetch again, or `ALL`.
        problems: what is wrong now.
        failed: tells that the site is not what its sources say, for the last build failed.
    """

    reload: str = ""
    css: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    failed: bool = False


class Bulletin:
    """All the news since the server started, as far as a page can have missed them.

    Args:
        run: tells this server's news from those of one that had its address before.

    Attributes:
        number: how often there was news.
    """

    def __init__(self, run: str) -> None:
        self.number = 0
        self._run = run
        self._now = News()
        self._css: dict[str, int] = {}
        self._embedded = 0

    def add(self, news: News, css: list[str], *, embedded: bool) -> None:
        """Take in what a build did.

        Args:
            news: what it did.
            css: addresses of the stylesheets that changed.
            embedded: tells that something changed that any page may embed, such as an image or a script.
        """
        self.number += 1
        self._now = News((), news.problems, news.failed)
        self._css |= dict.fromkeys(css, self.number)
        if embedded:
            self._embedded = self.number

    def heard(self, token: str) -> int:
        """Say how far a page has heard, by the id of its last message; -1 where that was another server's.

        A page without one has just been loaded, and misses nothing.
        """
        run, _, number = token.partition("-")
        if run == self._run and number.isdecimal():
            return int(number[:18])
        return -1 if token else self.number

    def event(self, now: str, loaded: str, heard: int) -> bytes:
        """Write what a page has missed as a message of its stream (WHATWG HTML, server-sent events).

        Args:
            now: the state of the page's file, `""` where it has none.
            loaded: the state that the open page was made from.
            heard: the number of the last message it got, or -1.
        """
        token = f"{self._run}-{self.number}"
        css = (ALL,) if heard < 0 else tuple(sorted(path for path, at in self._css.items() if at > heard))
        reload = token if self._embedded > heard >= 0 else ""
        if now != loaded:
            reload = now or "none"
        message = Message(reload, css, self._now.problems, self._now.failed)
        return b"id: %b\ndata: %b\n\n" % (token.encode(), encode(message))
