"""The elements of HTML by what they do to text: which begin and end a paragraph, and what kind of one.

Pages (`webpages.visible`) and fragments in fields (`feeds.htmltext`) are read by the same lists.
"""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"  # noqa: SIM905
    " figure footer form header hgroup hr html legend li listing main menu nav ol p plaintext pre search section"
    " summary table tbody tfoot thead tr ul xmp".split()
)
"""Elements that begin and end a paragraph."""

CELLS = frozenset({"td", "th"})
"""Cells of tables: a row of them is one line to a reader of text, and a line each to one that lays out the page."""

CONTROLS = frozenset(
    "audio button col colgroup frame frameset iframe object optgroup option select svg textarea video".split()  # noqa: SIM905
)
"""Boxes of their own within a paragraph: controls, players, frames, columns of tables."""

AS_LINES = frozenset({"listing", "plaintext", "pre", "textarea", "xmp"})
"""Elements whose line ends are line ends."""

KINDS = {**dict.fromkeys(HEADINGS, "heading"), "li": "item", "blockquote": "quote"}
"""What the text of an element is, as a block of a story has it."""
