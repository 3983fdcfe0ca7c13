"""How much work a text may make its parser do: counted, not timed, so that every machine comes to the same end."""

MOST_STEPS = 20_000_000
"""Steps of a parser for one text. A step is what looks at one character in Python: a tenth of a microsecond."""

STEPS_EACH = 6
"""Further steps for each character."""

BLOCK = 500
"""Steps that a block takes, however short it is."""

MATCH = 20
"""The same of something within a line."""

TAG = 100
"""The same of a tag of HTML."""

COPIED = 250
"""Characters that are copied in a step; what is found in a text is taken out of it by copying the rest."""

DEEPEST = 50
"""How deep lists and quotes, or emphasis, may nest in Markdown."""

DEEPEST_HTML = 250
"""How deep elements may nest in HTML: browsers end at 512."""

MOST_BEHIND = 200_000_000_000
"""Characters behind the `&` of HTML, added up for each: nh3 goes back to many of them, and copies the rest then."""

NEAR = 200
"""Characters that are kept of where a parser gave up."""


class TooMuch(Exception):
    """A text takes more work, or nests deeper, than any that a person wrote.

    Attributes:
        reason: what is too much, as the end of a sentence.
        near: the text that was being read, "" where that is not known.
    """

    def __init__(self, reason: str, near: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.near = near[:NEAR]


class Meter:
    """Counts the steps that one text takes.

    Attributes:
        left: how many it may still take.
    """

    def __init__(self) -> None:
        self.left = 0

    def begin(self, length: int) -> None:
        """Count from nothing, for the next text, of so many characters."""
        self.left = MOST_STEPS + STEPS_EACH * length

    def spend(self, steps: int, near: str) -> None:
        """Count steps.

        Raises:
            TooMuch: there were too many.
        """
        self.left -= steps
        if self.left < 0:
            raise TooMuch("takes far more steps to read than a text of its length should", near)
