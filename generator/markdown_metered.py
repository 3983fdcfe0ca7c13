"""Python-Markdown with its work counted: a text that takes too much of it is given up as `metering.TooMuch`.

Nothing here changes what a text becomes. What costs more than a text's length says is counted where it is done, or
looked up by `markdown_costs` before; what would only be slow (a list of thousands of blocks from which the
first is taken, again and again) is done in another way.
"""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any, Self

from markdown import Markdown, htmlparser
from markdown.blockparser import BlockParser
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import HtmlBlockPreprocessor

from generator.markdown_costs import attribute_steps, block_steps, fence_steps
from generator.markdown_inline import Abbreviations, Definitions, count_matches
from generator.metering import BLOCK, COPIED, DEEPEST, MATCH, TAG, Meter, TooMuch

_BEGUN: Any = htmlparser.htmlparser.locatestarttagend_tolerant  # type: ignore[attr-defined]  # a patched copy
_MANY = 500
"""Blocks that are quickly moved."""


class Metered(Markdown):
    """The parser, with everything it does counted."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Python-Markdown's
        self.meter = Meter()
        super().__init__(**options)
        for pattern in self.inlinePatterns:
            count_matches(pattern, self.meter)
        fences: Any = self.preprocessors["fenced_code_block"]
        self.preprocessors.register(_Fences(self, fences.config, self.meter), "fenced_code_block", 25)
        self.preprocessors.register(_Html(self, self.meter), "html_block", 20)
        abbreviations: Any = self.treeprocessors["abbr"]
        known = abbreviations.abbrs
        self.treeprocessors.register(Abbreviations(self, known, self.meter), "abbr", 7)
        self.parser.blockprocessors.register(Definitions(self.parser, known), "abbr", 16)

    def build_parser(self) -> Self:
        """Build all parts, with a counting reader of blocks."""
        super().build_parser()
        parser = _Parser(self, self.meter)
        parser.blockprocessors = self.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        self.parser = parser
        return self

    def convert(self, source: str) -> str:
        """Format a text.

        Raises:
            TooMuch: it takes too much work.
        """
        self.meter.begin(len(source))
        return super().convert(source)


class _Blocks(list[str]):
    """Many blocks, kept from the last to the first, so that the first one is taken and put back at once."""

    def __init__(self, blocks: list[str]) -> None:
        super().__init__(reversed(blocks))

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - as that of a list
        return super().__getitem__(-1 - place)

    def pop(self, place: Any = -1) -> str:  # noqa: ANN401 - the same
        return super().pop(-1 - place)

    def insert(self, place: Any, block: str) -> None:  # noqa: ANN401 - the same
        super().insert(len(self) - place, block)


class _Parser(BlockParser):
    """Reads blocks."""

    def __init__(self, md: Markdown, meter: Meter) -> None:
        super().__init__(md)
        self._meter = meter
        self._depth = 0

    def parseDocument(self, lines: Any) -> Any:  # noqa: ANN401, N802 - Python-Markdown's
        self._depth = 0
        return super().parseDocument(lines)

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:  # noqa: N802 - Python-Markdown's name
        if self._depth >= DEEPEST:
            raise TooMuch(f"nests lists and quotes deeper than {DEEPEST}", blocks[0] if blocks else "")
        self._depth += 1
        if len(blocks) > _MANY:
            blocks = _Blocks(blocks)
        while blocks:
            block = blocks[0]
            self._meter.spend(BLOCK + block_steps(block) + _grown(parent) // COPIED, block)
            for processor in self.blockprocessors:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break
        self._depth -= 1


def _grown(parent: ET.Element) -> int:
    """Give the length of the code that the next block may be added to, which copies it."""
    if len(parent) and parent[-1].tag == "pre" and len(parent[-1]):
        return len(parent[-1][0].text or "")
    return 0


class _Html(HtmlBlockPreprocessor):
    """Takes HTML out of a text."""

    def __init__(self, md: Markdown, meter: Meter) -> None:
        super().__init__(md)
        self._meter = meter

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        parser = _Extractor(self.md, self._meter)
        parser.feed(source)
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class _Extractor(htmlparser.HTMLExtractor):
    """Finds HTML; what looks like some and is none it reads again and again."""

    def __init__(self, md: Markdown, meter: Meter) -> None:
        super().__init__(md)
        self.meter = meter

    def check_for_whole_start_tag(self, i: int) -> int:
        end = int(super().check_for_whole_start_tag(i))
        if end > i:
            steps = end - i + attribute_steps(self.rawdata[i:end])
        else:
            begun = _BEGUN.match(self.rawdata, i)
            steps = 4 * (begun.end() - i) if begun else 0
        self.meter.spend(TAG + steps, self.rawdata[i : i + 100])
        return end

    def handle_data(self, data: str) -> None:
        self.meter.spend(MATCH, data)  # each "<" that begins nothing comes by itself
        super().handle_data(data)

    def parse_endtag(self, i: int) -> int:
        inside = self.inraw
        end = self._counted(super().parse_endtag, i, TAG + len(self.stack) // 4)
        if inside and not self.inraw:  # it ended a block, and all of the rest was copied to look behind it
            self.meter.spend((len(self.rawdata) - i) // COPIED, self.rawdata[i : i + 100])
        return end

    def parse_html_declaration(self, i: int) -> int:
        return self._counted(super().parse_html_declaration, i)

    def parse_pi(self, i: int) -> int:
        return self._counted(super().parse_pi, i)

    def _counted(self, parse: Callable[[int], int], start: int, steps: int = 0) -> int:
        """Parse what begins somewhere; where it is nothing all of the rest was looked at, quickly."""
        end = parse(start)
        looked_at = (end if end > start + 2 else len(self.rawdata)) - start
        self.meter.spend(MATCH + looked_at // 20 + steps, self.rawdata[start : start + 100])
        return end

    def handle_empty_tag(self, data: str, is_block: bool) -> None:  # noqa: FBT001 - Python-Markdown's
        self.meter.spend(MATCH + (len(self.rawdata) // COPIED if is_block else 0), data)
        super().handle_empty_tag(data, is_block)

    def inline_close_follows(self, text: str) -> bool:
        self.meter.spend(len(self.inline_stack) * (MATCH + len(self.rawdata) // 10), text)
        return bool(super().inline_close_follows(text))


class _Fences(FencedBlockPreprocessor):
    """Takes code between fences out of a text."""

    def __init__(self, md: Markdown, config: dict[str, Any], meter: Meter) -> None:
        super().__init__(md, config)
        self._meter = meter

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "```" not in text and "~~~" not in text:
            return lines
        self._meter.spend(fence_steps(text), "```" if "```" in text else "~~~")
        return super().run(lines)
