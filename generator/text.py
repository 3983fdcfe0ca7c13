"""Text that documents may hold: what XML cannot carry goes, the rest stays."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Take out the characters that no XML document may hold, escaped or not (XML 1.0, production `Char`)."""
    return _NOT_XML.sub("", text)
