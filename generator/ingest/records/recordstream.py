"""A stream of JSON to the records in it, one after another, without holding more than one of them.

Read are one object, objects one after another (JSON Lines, with or without a line each), an array of objects, and
an object that holds such an array (`{"status": "ok", "articles": [...]}`, `{"hits": {"hits": [...]}}`).
"""

import codecs
import re
from collections.abc import Iterable, Iterator

from generator.ingest.records.record import LONGEST
from generator.ingest.records.recordfields import LISTS, NAMES, UNSURE_LISTS, plain_name

_GAP = re.compile(rb'[^"{}\[\]]*+')
_STRING = re.compile(rb'(?:[^"\\\n]++|\\[^\n])*+')
_NEXT_RECORD = re.compile(rb'\n[\s,]{0,99}\{\s{0,99}"')
_LINED = re.compile(rb'\s*\{[^\n]*[^\s\[{:,][ \t\r]*\n\s*\{\s*"')
_BARE = re.compile(rb'(?:\s*\{\s*"[^"]*"\s*:)+\s*\[\s*\][\s}]*')
_SPACE = b" \t\r\n,\x1e"
_CLOSERS = bytes.maketrans(b"[{", b"]}")
_LOOK_AHEAD = 256  # bytes that tell what comes next
_SLICE = 1 << 18  # bytes of a file that are looked at together
_NESTED = 4  # objects around a list of records
_TITLES = frozenset(NAMES["title"])
_TEXTS = frozenset(NAMES["text"]) - LISTS
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def records_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the records in a JSON file, as `split_records` does."""
    return split_records(data[start : start + _SLICE] for start in range(0, len(data), _SLICE))


def split_records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    r"""Give the records in a stream of JSON, each with the line it begins on, from 1.

    Args:
        chunks: the stream in pieces of any size, in UTF-8, or in UTF-16 with a byte order mark.

    Returns:
        The bytes of each record, in order, for `parse_record` to read. What is no object where a record should be
        is given too, for a message. A record that was cut off ends where the next begins on a line of its own. What
        stands around a list of records comes after them, with `[]` for the list, where it says anything. Of a
        record longer than `LONGEST` a little more than that is given, so that it can be told. Memory is bound by
        the longest record.
    """
    scanner = _Scanner()
    for chunk in _in_utf8(chunks):
        yield from scanner.feed(chunk)
    yield from scanner.feed(b"", last=True)


def _in_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Turn UTF-16 into UTF-8, and take byte order marks away."""
    stream = iter(chunks)
    start = b""
    for chunk in stream:
        start += chunk
        if len(start) >= len(codecs.BOM_UTF8):
            break
    encoding = next((name for bom, name in _BOMS if start.startswith(bom)), "")
    if encoding != "utf-16":
        yield start.removeprefix(codecs.BOM_UTF8)
        yield from stream
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(start).encode("utf-8", "replace")
    for chunk in stream:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


class _Scanner:
    """Finds where records begin and end; the buffer starts with the one under way, or what stands before it."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.start = self.at = 0  # of what is under way; up to where the buffer was looked at
        self.line, self.counted = 1, 0  # the line of a place in the buffer
        self.in_string = False
        self.string = (0, 0)  # the last text: it may be what a value is called
        self.stack = bytearray()  # brackets that are open
        self.outside = 0  # how many of them hold records
        self.heads: list[
            tuple[int, bytes, int]
        ] = []  # of objects around lists: line, bytes, `outside` before
        self.prefix, self.first_line = (
            b"",
            0,
        )  # the start of what is under way, where the buffer no longer has it
        self.titled = self.telling = False  # the record under way has a title, a text
        self.lined: bool | None = None  # whether there is a record a line, once that is known

    def feed(self, chunk: bytes, *, last: bool = False) -> Iterator[tuple[int, bytes]]:
        """Look at another piece of the stream."""
        self.buffer += chunk
        if self.lined is None and (last or len(self.buffer) > _SLICE):
            self.lined = _LINED.match(self.buffer) is not None
        end = len(self.buffer) if last else len(self.buffer) - _LOOK_AHEAD
        while self.lined is not None and self.at < end:
            if self.in_string:
                yield from self._read_string(end)
            else:
                self.at = _end(_GAP, self.buffer, self.at, end)
                if self.at < end:
                    yield from self._read_sign(self.buffer[self.at])
        if last:
            yield from self._take(len(self.buffer))
            del self.stack[self.outside :]
            for line, head, outside in reversed(self.heads):
                yield line, head + self.stack[outside:].translate(_CLOSERS)[::-1]
                del self.stack[outside:]
        elif self.lined is not None:
            self._forget()

    def _read_string(self, end: int) -> Iterator[tuple[int, bytes]]:
        self.at = _end(_STRING, self.buffer, self.at, end)
        sign = self.buffer[self.at : self.at + 1] if self.at < end else b""
        if sign == b'"':
            self.in_string = False
            self.string = (self.string[0], self.at)
            self.at += 1
            self._note_name()
        elif sign == b"\\":  # before a line end, or before the end of what may be looked at
            self.at += 1 if bytes(self.buffer[self.at + 1 : self.at + 2]) in {b"", b"\n"} else 2
        elif sign and _NEXT_RECORD.match(self.buffer, self.at):
            yield from self._break_off()
        elif sign:
            self.at += 1

    def _note_name(self) -> None:
        if len(self.stack) == self.outside + 1 and self.stack[-1:] == b"{":
            following = self.buffer[self.at : self.at + _LOOK_AHEAD].lstrip()[:1]
            name = self._name() if following == b":" else ""
            self.titled |= name in _TITLES
            self.telling |= name in _TEXTS

    def _name(self) -> str:
        first, last = self.string
        if first < 0 or last - first > _LOOK_AHEAD:
            return ""
        return plain_name(self.buffer[first:last].decode("utf-8", "replace"))

    def _read_sign(self, sign: int) -> Iterator[tuple[int, bytes]]:
        if sign == ord('"'):
            self.in_string = True
            self.at += 1
            self.string = (self.at, self.at)
        elif sign in b"{[":
            yield from self._open(sign)
        else:
            yield from self._close()

    def _open(self, sign: int) -> Iterator[tuple[int, bytes]]:
        depth = len(self.stack) - self.outside
        if not depth:
            yield from self._take(self.at)
            self.titled = self.telling = False
        elif sign == ord("{") and not self._may_stand_here():
            yield from self._break_off()
            return
        called = self._called() if sign == ord("[") and depth else ""
        self.stack.append(sign)
        self.at += 1
        if sign == ord("[") and len(self.stack) == 1:
            self.start, self.outside = self.at, 1
        elif called and self._holds_records(depth, called):
            line, head = self._written(self.at)
            self.heads.append((line, head, self.outside))
            self.start, self.outside, self.prefix = self.at, len(self.stack), b""

    def _close(self) -> Iterator[tuple[int, bytes]]:
        self.at += 1
        if len(self.stack) > self.outside:
            self.stack.pop()
            if len(self.stack) == self.outside:
                yield from self._take(self.at)
        elif self.stack:
            yield from self._take(self.at - 1)
            self.stack.pop()
            self.outside = 0
            if self.heads:
                self.first_line, self.prefix, self.outside = self.heads.pop()
                self.start = self.at - 1
            else:
                self.start = self.at

    def _may_stand_here(self) -> bool:
        """Tell whether an object may begin here, inside the record under way."""
        at = self.at - 1
        if self.lined and self.buffer[at] == ord("\n"):
            return False
        while at > self.start and self.buffer[at] in b" \t\r\n":
            at -= 1
        return self.buffer[at] in (b":" if self.stack[-1:] == b"{" else b"[,")

    def _called(self) -> str:
        """Give the name of the value that begins here, "" where it has none."""
        last = self.string[1]
        if self.stack[-1:] != b"{" or self.buffer[last : self.at].strip(b'" \t\r\n') != b":":
            return ""
        return self._name()

    def _holds_records(self, depth: int, called: str) -> bool:
        """Tell whether the list that was just opened is one of records, in the object under way."""
        around = self.stack[self.outside : -1]
        ahead = self.buffer[self.at : self.at + _LOOK_AHEAD].lstrip()[:1]
        known = called in LISTS and not (self.titled and called in UNSURE_LISTS)
        return known and depth <= _NESTED and not self.telling and b"[" not in around and ahead == b"{"

    def _break_off(self) -> Iterator[tuple[int, bytes]]:
        """End a record that was cut off, because another begins."""
        del self.stack[self.outside :]
        self.in_string = False
        yield from self._take(self.at)

    def _take(self, end: int) -> Iterator[tuple[int, bytes]]:
        """Give what is under way up to a place in the buffer, if it is anything."""
        around = bool(self.prefix) and self.prefix.rstrip().endswith(b"[")
        line, data = self._written(end)
        data = data.strip(_SPACE)
        self.start, self.prefix = end, b""
        if data and not (around and _BARE.fullmatch(data)):
            yield line, data

    def _written(self, end: int) -> tuple[int, bytes]:
        """Give what is under way up to a place in the buffer, and the line it begins on."""
        data = bytes(self.buffer[self.start : end])
        if self.prefix:
            return self.first_line, (self.prefix + data)[: LONGEST + 1]
        return self._line_of(end - len(data.lstrip(_SPACE))), data

    def _line_of(self, place: int) -> int:
        self.line += self.buffer.count(b"\n", self.counted, place)
        self.counted = max(self.counted, place)
        return self.line

    def _forget(self) -> None:
        """Let go of what was given, and of all but the start of a record that grew too long."""
        if self.at - self.start > LONGEST:
            place = self.at - _LOOK_AHEAD
            self.first_line, self.prefix = self._written(place)
            self.start = place
        self._line_of(self.start)
        del self.buffer[: self.start]
        self.at -= self.start
        self.string = (self.string[0] - self.start, self.string[1] - self.start)
        self.start = self.counted = 0


def _end(pattern: re.Pattern[bytes], buffer: bytearray, start: int, end: int) -> int:
    """Give where a pattern that always matches ends; the match must not outlive this, it would pin the buffer."""
    match = pattern.match(buffer, start, end)
    return match.end() if match else start
