"""The document of an input that is no text itself: what can be seen of it, line under line, for the account."""

from generator.model import Block

_LINE_ENDS = str.maketrans(
    {"\r": "\n", "\x0b": " ", "\x0c": " ", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)


class Transcript:
    """A document in the making: each text that is added begins on a line of its own."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._line = 1

    def add(self, text: str, kind: str = "") -> Block | None:
        """Write a text down, without the white space around it; None where it has nothing to see.

        Args:
            text: with any line ends.
            kind: what the block is, as `Block` says.
        """
        text = text.replace("\r\n", "\n").translate(_LINE_ENDS).strip()
        if not text or not any(map(str.isprintable, text)):
            return None
        block = Block(self._length, self._line, text, kind)
        self._texts.append(text)
        self._length += len(text) + 1
        self._line += text.count("\n") + 1
        return block

    def add_field(self, name: str, value: str) -> Block | None:
        """Write down a field as `name: value`; None where the value has nothing to see."""
        value = value.strip()
        if not value or not any(map(str.isprintable, value)):
            return None
        return self.add(f"{name}: {value}")

    @property
    def document(self) -> str:
        """All that was written down."""
        return "\n".join(self._texts)
