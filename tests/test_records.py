"""Values to JSON and back: one value, one text; what does not fit says where."""

import json
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import filed

from generator import records, shelf
from generator.files import Stat
from generator.inputs import Filed
from generator.model import Issue, Severity
from generator.reading import Read
from generator.records import Mismatch, Record, changed

texts = st.text(st.characters(codec="utf-8"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)


class Inner(Record, frozen=True):
    count: int = 0


class Outer(Record, frozen=True):
    inner: Inner = Inner()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    left: str
    right: int


@given(st.dictionaries(texts, values, max_size=6), st.randoms(use_true_random=False))
def test_equal_values_give_equal_bytes_whatever_the_order_of_their_keys(
    value: dict[str, object], order: Random
) -> None:
    items = list(value.items())
    order.shuffle(items)

    assert records.encode(dict(items)) == records.encode(value)
    assert json.loads(records.encode(value)) == value


@given(values, values)
def test_different_values_give_different_bytes(one: object, other: object) -> None:
    same = records.encode(one) == records.encode(other)

    assert same == (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))


def test_an_article_as_filed_survives_the_way_through_json() -> None:
    before = filed(aliases=("old/",), moment="2025-06-02T23:30:00+12:00", authors=("Ann Ellery",))

    assert records.decode(records.encode(before), Filed) == before


def test_readable_json_keeps_the_order_and_the_letters() -> None:
    text = records.encode_readable({"z": "Ürün 北京", "a": [1]}).decode()

    assert text == '{\n  "z": "Ürün 北京",\n  "a": [\n    1\n  ]\n}'


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[1,]", b"nonsense", b'"\xed\xa0\x80"'])
def test_what_is_no_json_does_not_decode(data: bytes) -> None:
    with pytest.raises(Mismatch) as caught:
        records.decode(data, dict[str, int])

    assert caught.value.where == ()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"inner": {"count": "5"}}, ("inner", "count")),
        ({"inner": 5}, ("inner",)),
        ({"inner": {"number": 5}}, ("inner",)),
        ({"names": ["a", 5]}, ("names",)),
        ({"outer": 5}, ()),
        (5, ()),
    ],
)
def test_a_mismatch_says_where(data: object, where: tuple[str, ...]) -> None:
    with pytest.raises(Mismatch) as caught:
        records.convert(data, Outer)

    assert caught.value.where == where
    assert " - at " not in str(caught.value)


def test_plain_tables_become_typed_values() -> None:
    value = records.convert({"inner": {"count": 2}, "names": ["a"]}, Outer)

    assert value == Outer(inner=Inner(count=2), names=("a",))


def test_json_becomes_values_of_any_frozen_type() -> None:
    assert records.decode('{"left": "a", "right": 1}', Pair) == Pair("a", 1)


def test_the_fields_of_a_record_are_named_in_order() -> None:
    assert records.fields(Outer) == ("inner", "names")
    assert records.fields(dict) == ()


def test_what_is_packed_is_unpacked() -> None:
    read = Read("a.md", Stat(1, 2, 3, 4), 5, "d", issues=(Issue("a.md", 1, "Ü", Severity.WARNING),))
    shelved = shelf.shelve(filed(content="<p>Ü</p>", aliases=("old/",)))

    packed = records.pack([read, changed(read, shelved=shelved)])

    assert records.unpack(packed, list[Read]) == [read, changed(read, shelved=shelved)]
