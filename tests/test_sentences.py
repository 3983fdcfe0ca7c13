"""News prose into sentences and paragraphs. In the examples a bar stands where a sentence ends."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.wording.sentences import (
    join_sentences,
    open_quotations,
    split_paragraphs,
    split_sentences,
)

WHOLE = """\
The ferry sank.| Nobody was hurt.
Mr. and Mrs. Tarn met Dr. Ilse Orme at St. Brannock, said Maj. Gen. Otto Vell.| They left.
J. K. Tarrow and George W. Lind wrote it.| Plan B.| The work went on.
The U.S. Army left the U.S. in May.| He lives in the U.S.| The rest stayed.
Doors open at 5 p.m. on Jan. 5.| No. 10 said nothing.| It was 3.5 m long, i.e. short.
The vote is at 5 p.m. Sunday.| It ends at 5 p.m.| Nobody minds.
Brightwell Inc. rose.| Brightwell Inc. chief Ada Prowse left Brightwell Inc.| The shares fell.
Wait... and see.| He paused...| Then he left.| Well... I do not know.
“Are you sure?” he asked.| “Go away!”| Then he left.
"Where to?" Harriet asked.| "Home!" Ned Harper Jones exclaimed.| "Now."
'I can't stand it,' he said.| 'You know?| It's the dogs' dinner.'| 'It's not new.| It's good,' she added.
She left.| (It was late.)| [Nobody saw her.]| 5 people did.
He said: “We won.| We did it.”| Then he left.
The “Stop. Think. Go.” campaign began.| It failed.
It ended.|The next day came.| Costs rose 5%.|They fell.| We met in Elmford.|The hall was full.
He stopped.|“We go,” she said.| 'It ended.'|The next day he left.
See news.example.com, node.js or Example.Com today.| Really.
The '90s were great.| Rock 'n' roll died.
1. The first.| 2. The second.| 1986. A great year.
He won, says E! News.| Was it late?!| Yes.
iPhone sales rose.| xAI won.| eBay fell.
It rose in 2019.[1]| It fell in 2020.[12]
Am 5. Januar kam er, z.B. allein.| Er ging.
Am 2. Juni kam er.| Der 3. Oktober ist frei.| Die 2. Liga ruht.| Im 19. Jahrhundert war das so.
Das war 2019.| Er wurde 2.| Sie ging.
Das kostet rd. 5 Mio. Euro.| Die Fa. Lind zahlt 3 Mrd.| Die Abg. Orme nicht.
Sog. Experten kamen.| Harry S. Tarrow nicht.
« C’est fini », dit-elle.| « Oui ! »| Puis il partit.| Est-ce vrai ?| M. Tarrow et Mme Lind.| J.-L. Tarrow vint.
¿Es verdad?| Sí.| ¡No!| Dijo el Sr. Tarrow.| En EE. UU. ocurre.| Vive en EE. UU.
El art. 5 y el núm. 5.| «Es tarde», dijo.
「終わった。帰ろう」と述べた。|次の日、雨が降った。|「本当か?」と聞いた。|3.5%上昇した。|終わり!|次。
قال: «انتهى الأمر».| ثم رحل.| بلغت 3.5 مليون.| متى؟| غدا!
今天天气很好。|明天会下雨！|真的吗？|是的。
「はい。」と言った。|「いいえ。」|次。
هل هذا صحيح؟| نعم.| انتهى۔| ثم
यह पहला है।| यह दूसरा है।
no capital follows. so it stays one sentence
"""

anything = st.text(st.sampled_from("aAbB .!?…'\"“”‘’«»„()1,。！|\n\t-—é"), max_size=60) | st.text(max_size=40)
spaced = st.lists(
    st.sampled_from("He said no Mr. U.S. left. 'Go away!' “We won.” 5. I (so) ... ? '".split()),  # noqa: SIM905 - prose
    max_size=30,
).map(" ".join)


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("example", WHOLE.splitlines())
def test_sentences_end_where_a_reader_would_end_them(example: str) -> None:
    expected = [part.strip() for part in example.split("|")]

    assert split_sentences(example.replace("|", "")) == expected


@given(anything)
def test_no_character_is_lost(text: str) -> None:
    assert plain("".join(split_sentences(text))) == plain(text)
    assert plain("".join(split_paragraphs(text))) == plain(text)


@given(spaced)
def test_joined_with_spaces_the_sentences_are_the_text(text: str) -> None:
    assert " ".join(split_sentences(text)) == " ".join(text.split())


@given(anything)
def test_no_sentence_is_empty_or_has_space_around_it(text: str) -> None:
    assert [
        sentence for sentence in split_sentences(text) if not sentence or sentence != sentence.strip()
    ] == []


@given(anything)
def test_paragraphs_hold_the_sentences_in_their_order(text: str) -> None:
    assert join_sentences(split_paragraphs(text)) == join_sentences(split_sentences(text))


@pytest.mark.parametrize("count", range(2, 60))
def test_a_paragraph_has_two_to_four_sentences(count: int) -> None:
    words = [
        "The river rose again in the night and the lower town was cut off.",
        "Rain fell.",
        "“We wait,” she said.",
    ]
    text = " ".join(words[(index * index) % 3] for index in range(count))

    sizes = [len(re.findall(r"\.(?= |\Z)", paragraph)) for paragraph in split_paragraphs(text)]

    assert sum(sizes) == count
    assert {size for size in sizes if not 2 <= size <= 4} == set()


def test_one_sentence_alone_is_one_paragraph_and_no_text_is_none() -> None:
    assert split_paragraphs("  The ferry\n sank. ") == ["The ferry sank."]
    assert split_paragraphs(" \n") == []


def test_a_paragraph_begins_with_the_quotation_of_another_speaker() -> None:
    first = "The bridge at Elmford has been shut since a lorry struck its northern arch on Monday night."
    second = "Engineers hope to open one lane for buses and ambulances before the schools go back."
    third = (
        "'We lost a week of trade, and nobody at the council returned our calls,' said the baker Ada Prowse."
    )
    fourth = "'It is the same every winter, and every winter they tell us that the money has been found.'"
    fifth = "'The arch is safe and the work is paid for,' said Otto Vell, who leads the council."
    sixth = "'Nobody who has seen the cracks would ask us to hurry.'"

    assert split_paragraphs(f"{first} {second} {third} {fourth} {fifth} {sixth}") == [
        f"{first} {second}",
        f"{third} {fourth}",
        f"{fifth} {sixth}",
    ]


def test_a_paragraph_does_not_end_inside_a_quotation() -> None:
    quoted = "“The water came at four. We took the dog and the clock. Nothing else mattered to us then.”"
    text = f"Elmford flooded before dawn on Friday. {quoted} The mayor thanked the firemen. They went home."

    assert [
        paragraph for paragraph in split_paragraphs(text) if paragraph.count("“") != paragraph.count("”")
    ] == []


def test_ideographic_text_is_joined_without_spaces() -> None:
    text = "今天天气很好。明天会下雨。后天放晴。大家都高兴。"

    assert "".join(split_paragraphs(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said 'go' and left", [(8, True), (11, False)]),
        ("the dogs' owner and O'Brien's '90s", []),
        ("“We go. ‘Now?’ Yes”", [(0, True), (18, False)]),
        ('a "b" c', [(2, True), (4, False)]),
        ("„Ja“, sagt er", [(0, True), (3, False)]),
        ("'The first. 'The second.'", [(0, True), (24, False)]),
    ],
)
def test_quotation_marks_are_told_from_apostrophes(text: str, expected: list[tuple[int, bool]]) -> None:
    assert open_quotations(text) == expected
