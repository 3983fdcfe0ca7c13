"""What is said where the disk is full, or the catalogue cannot be used: one sentence, and what to do about it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from generator.catalogue import NAME
from generator.database import Damaged, Misused, is_busy, is_refused
from generator.files import STATE
from generator.model import Passing

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says when there is no room for a file."""


@contextmanager
def wanted(things: str, verb: str) -> Iterator[None]:
    """Turn what the system says while something is made into a sentence for people.

    Args:
        things: what room is wanted for, such as "the site".
        verb: what to do again when there is some.

    Raises:
        Passing: the disk is full, or the catalogue could not be used, though it was made anew.
    """
    try:
        yield
    except Misused:
        raise
    except Damaged as error:
        raise Passing(_sentence(error, things, verb)) from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Passing(_no_room(error, things, verb)) from error


def _sentence(error: Damaged, things: str, verb: str) -> str:
    catalogue = f"{STATE}/{NAME}"
    if is_busy(error):
        return f"{catalogue}: another program has it locked ({error}); end that and {verb} again"
    if is_refused(error):
        return f"{catalogue}: may not be written ({error}); see to the rights of the folder and {verb} again"
    return _no_room(error, things, verb)


def _no_room(error: Exception, things: str, verb: str) -> str:
    return f"no room for {things} or its catalogue ({error}); is the disk full? Make room and {verb} again"
