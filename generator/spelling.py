"""Names that are not known: which known one was meant."""

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], before: str = "", *, likeness: float = 0.5) -> str:
    """Ask whether another name was meant.

    Args:
        name: as it was written.
        names: those there are.
        before: what stands before each of them where they are used, such as `page.`.
        likeness: how like it a name must be to be meant, 0 to 1: more where all names have an ending in common.

    Returns: a question, such as "did you mean `page.head`?", or "" where none is near.
    """
    import difflib  # noqa: PLC0415 - takes a while to load, and is needed by mistakes alone

    near = difflib.get_close_matches(name, list(names), n=1, cutoff=likeness)
    return f"did you mean `{before}{near[0]}`?" if near else ""
