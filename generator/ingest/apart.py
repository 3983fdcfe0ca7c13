"""Documents of which one ended the process that read them: each is read again, apart from the others."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from functools import partial

from generator.ingest.formats import Document
from generator.ingest.guide import Guide
from generator.ingest.work import Read, read_all, refused
from generator.pool import Pool


def read_apart(guide: Guide, documents: Sequence[Document]) -> list[Read]:
    """Read documents one by one in another process: one that ends it once more is an issue, and the others go on.

    Raises:
        BrokenExecutor: there is no room for another process.
    """
    pool = Pool(1, fork=False)
    try:
        pool.start()
        each = ([document] for document in documents)
        work = partial(read_all, guide, expendable=True)
        return [read for reads in pool.map(work, each, instead=_refused) for read in reads]
    except OSError as error:
        raise BrokenExecutor(f"no other worker process could be started: {error}") from None
    finally:
        pool.close()


def _refused(documents: Sequence[Document]) -> list[Read]:
    why = "it ends the process that reads it, by time or memory; take out what is no news, or part it"
    return [refused(document, why) for document in documents]
