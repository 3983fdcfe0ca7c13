"""Pieces of Markdown, by how far each reaches in a text: what the direct and the mixed way are tried with."""

PLAIN = (
    *("Plain words.", "Two\nlines", "term", "end:", "; or A", "a | b\nc | d", "AT&T &copy", "a  "),
    *("x\u00a0y ", "[ref] said [^1] and HTML [a][ref]", '(b "c")', "a) b]", "[open", "a ]", "3 < 5"),
)
TRACES = ("@name_of_x", "a_b", "\\*a\\* and 1986\\. text", "\\\\", "C:\\dir")
LOCAL = (  # what reaches no farther than the blocks it is made of
    *("# Head", "#### Deep #\ntext", "text\n## Head\ntext", "##", "Head\n====", "Head\n----"),
    *("# *a*\n===\nb", "---", "***", "_ _ _", "a\n***\nb"),
    *("- a\n- b", "- a\n\n- b", "* a\n    * b\n\n    * c", "- a\n\n    b\n\n- c", "+ a\nlazy\n+ # b\n  c"),
    *("1. a\n2. b", "3. a\n\n4. b", "1. a\n\n    - b\n\n        1. c", "1. a\n- b", "- > a\n- b"),
    *("> a", "> a\nlazy", "> - a\n> - b\n>\n> c", "a\n> b", "> > a\n> b", "> # a\n> b\n>\n>     c", ">"),
    *("- a\n\n    : b", "> a\n> : b", ":a", "    : a"),
    *("a | b\n- | -\n1 | 2", "| a |\n|---|\n| b |", "|a|b|\n|:-|-:|\n|`x|y`|\\||"),
    *("    a\n    b", "    a\n\n\n    b", "        a", "   a", "    a\nb", "  ```\na", "`a` and ``b`c``"),
    *("`a\nb`", "`open", "*a* **b** ***c*** _d_ __e__", "*open", "close*", "**a *b** c*", "***a"),
    *("a_b_ _c", "_open a_b", "a  \nb"),
    *("[a](https://a.example 'T')", "[a](/a_b_c)", "[[a](b)](c)", "[*[a](b)*](c)", "![a](b.png)", "[a](open"),
    *("[![a](b)](c)", "![a [b `c`](d) e](f)", '[a](b "x *y* `z`")', "![a][ref] [^1] *HTML*"),
    *("&amp; &copy; *a*", "\\* \\# \\[ \\`", "1986\\. *a*"),
    *(" ", "  ", " \n- a", "\u2003", "\u00a0a", "\u2028# a"),
)
FAR = (  # what reaches farther
    *("a\n: b", ": a", ": a\n\n    b", "  : a", "[ref]: https://a.example 'T'", "[ref]:\n  /a\n  'T'"),
    *("[^1]: a", "[^1]: a\n\n    b", "[^1]:\n    a", "*[HTML]: Hyper", "*[words] : Said", "*[HTML]\t: Hyper"),
    *("```\na\n\nb\n```", "~~~\na", "```", "~~~", "``` py\na\n```"),
    *("<div>\na\n</div>", "<div>", "</div>", "<!--", "-->\n<b>", "<p>a</p>", "<br>", "a <b>c</b>"),
    *("<script>", "<pre>", "<?php", "a <", "<\n", "<https://a.example>", "<a@b.example>"),
    *("&#65; a", "&# a", "&#x41 *a*", "&#65 a", "a\tb", "-\ta", "\ta", "a\r- b", "\r: b", "\x0c*a*", "a\x00"),
    *("a\x02b", "\x03", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03", "\ue000", "*\ue000*"),
)
