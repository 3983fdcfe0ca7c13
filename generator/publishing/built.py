"""The built site: whether it is fit to be published, and its files, held still."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import filenames, files, links
from generator.files import Stat
from generator.model import DatelineError
from generator.publishing.digests import digests_of
from generator.publishing.host import File
from generator.publishing.plan import Plan, is_article
from generator.publishing.snapshot import Snapshot
from generator.urls import INDEX


@dataclass(frozen=True, slots=True)
class Built:
    """The built site.

    Attributes:
        output: the folder it stands in.
        state: the folder of what is remembered from run to run.
    """

    output: Path
    state: Path

    def check(self) -> None:
        """See that there is one.

        Raises:
            DatelineError: there is none.
        """
        if not (self.output / files.JOURNAL).is_file() or not (self.output / INDEX).is_file():
            raise DatelineError(f"{self.output.name}/ holds no built site yet; `dateline build` makes it")

    def files(self, extras: Mapping[str, bytes], outstanding: Callable[[], str]) -> dict[str, File]:
        """Give every file that is to stand at the host, by path, and where it is now; the extras are nowhere yet.

        Raises:
            DatelineError: the site is not fit to be published.
        """
        left = outstanding()
        if left:
            raise DatelineError(
                f"the site is not as a build would make it: {left}; run `dateline build` first"
            )
        looks = self._scan()
        if not any(map(is_article, looks)):
            raise DatelineError(f"{self.output.name}/ holds no article; an empty site is not published")
        found = digests_of(self.state, self.output, looks)
        site = {path: File(path, self.output / path, found[path], look.size) for path, look in looks.items()}
        return site | {
            path: File(path, self.output / path, hashlib.sha256(data).hexdigest(), len(data))
            for path, data in extras.items()
        }

    def _scan(self) -> dict[str, Stat]:
        """Find the site's files, all of which can be published."""
        name, ill_named = self.output.name, list[str]()
        looks = files.scan(self.output, ill_named=ill_named)
        for path in ill_named:
            raise DatelineError(f"{name}/{filenames.escaped(path)}: {filenames.ILL_NAMED}")
        way = links.Way(self.output)
        for link in filter(None, map(way.link, sorted(files.read_journal(self.output) - looks.keys()))):
            raise DatelineError(
                f"{name}/{link} is a link, and nothing behind it is published; put a folder there"
            )
        return looks

    def take(
        self, extras: Mapping[str, bytes], held: Snapshot, plan: Plan, wanted: Mapping[str, File]
    ) -> dict[str, File]:
        """Hold still what is to be uploaded, and give every file, those where they are found then."""
        held.take(self.output, (path for path in plan.to_upload if path not in extras))
        for path, data in extras.items():
            held.add(path, data)
        still = {path: wanted[path]._replace(source=held.place(path)) for path in plan.to_upload}
        return {**wanted, **still}
