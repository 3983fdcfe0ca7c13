"""Titles in every script that Unicode has letters for, the same for the same number and version of Unicode."""

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from random import Random

EMOJI = (
    "\U0001f469\u200d\U0001f692",
    "\U0001f3f4\u200d\u2620\ufe0f",
    "\U0001f1eb\U0001f1ee",
    "1\ufe0f\u20e3",
    "\U0001f44d\U0001f3fd",
)
"""Signs that are made of several: joined, flags, a key, a colour of skin."""

EMBEDDED = ("\u202b{}\u202c", "\u2067{}\u2069", "{}\u200f", "\u200e{}")
"""How texts of one direction are set among those of the other."""


@cache
def scripts() -> dict[str, tuple[str, str, str]]:
    """Give the letters, the marks and the digits of every script, by the first word of their names."""
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for code in range(0x41, sys.maxunicode + 1):
        letter = chr(code)
        kind = unicodedata.category(letter)
        if kind[0] == "L" or kind in {"Mn", "Mc", "Nd"}:
            place = 0 if kind[0] == "L" else 2 if kind == "Nd" else 1
            name = unicodedata.name(letter, "OTHER").split()[0]
            found.setdefault(name, ([], [], []))[place].append(letter)
    return {
        name: ("".join(letters), "".join(marks), "".join(digits))
        for name, (letters, marks, digits) in sorted(found.items())
        if letters
    }


def titles(count: int, seed: int = 1) -> Iterator[str]:
    """Give so many titles: each script in turn, and with each turn another form."""
    chance = Random(seed)
    known = scripts()
    names = list(known)
    for number in range(count):
        turn, place = divmod(number, len(names))
        letters, marks, digits = known[names[place]]
        yield _FORMS[(turn + place) % len(_FORMS)](chance, letters, marks, digits or "0123456789")


def _words(chance: Random, letters: str, _marks: str, _digits: str) -> str:
    return " ".join(_word(chance, letters) for _ in range(chance.randint(2, 7)))


def _unspaced(chance: Random, letters: str, _marks: str, _digits: str) -> str:
    return "".join(_word(chance, letters) for _ in range(chance.randint(3, 12)))


def _marked(chance: Random, letters: str, marks: str, _digits: str) -> str:
    # Up to four marks on a letter, in any order: normal forms order them.
    several = marks or "\u0301\u0323\u0308"
    return " ".join(
        "".join(
            letter + "".join(chance.choices(several, k=chance.randint(0, 4)))
            for letter in _word(chance, letters)
        )
        for _ in range(3)
    )


def _numbered(chance: Random, letters: str, _marks: str, digits: str) -> str:
    return f"{''.join(chance.choices(digits, k=4))} {_words(chance, letters, '', '')} {chance.choice(digits)}"


def _pictured(chance: Random, letters: str, _marks: str, _digits: str) -> str:
    return f"{chance.choice(EMOJI)} {_words(chance, letters, '', '')}{chance.choice(EMOJI)}"


def _mixed(chance: Random, letters: str, _marks: str, _digits: str) -> str:
    other = chance.choice(list(scripts().values()))[0]
    return f"{_word(chance, letters)}: {chance.choice(EMBEDDED).format(_word(chance, other))} Harbour 24"


def _long(chance: Random, letters: str, _marks: str, _digits: str) -> str:
    return " ".join(_word(chance, letters) for _ in range(40))


def _short(chance: Random, letters: str, _marks: str, _digits: str) -> str:
    return chance.choice(letters)


_FORMS = (_words, _unspaced, _marked, _numbered, _pictured, _mixed, _long, _short)


def _word(chance: Random, letters: str) -> str:
    return "".join(chance.choices(letters, k=chance.randint(1, 8)))
