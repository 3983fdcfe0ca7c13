"""Text that documents may hold: what XML cannot carry goes, the rest stays."""

import re
from html import escape

# Narrow classes side by side: one with many wide ranges takes Python milliseconds to compile.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff]|[\ufffe\uffff]")

_SPECIAL = re.compile('[\x00-\x1f"&<>]|[\ud800-\udfff]|[\ufffe\uffff]')
"""Text without these is the same in an element and in an attribute."""


def xml_text(text: str) -> str:
    """Take out the characters that no XML document may hold, escaped or not (XML 1.0, production `Char`)."""
    return _NOT_XML.sub("", text)


def element_text(text: str) -> str:
    """Write text as the content of an XML element; line ends stay what they are (XML 1.0, section 2.11)."""
    if not _SPECIAL.search(text):
        return text
    return escape(xml_text(text), quote=False).replace("\r", "&#13;")


def attribute_value(text: str) -> str:
    """Write text as the value of an XML attribute in double quotes; white space stays (XML 1.0, section 3.3.3)."""
    if not _SPECIAL.search(text):
        return text
    return element_text(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
