"""Junk melted into a body of one line goes whatever follows it, and sentences that begin like junk stay.

`melted/junk.txt` has a wording per line, `melted/press.txt` those of British and American papers,
`melted/agencies.txt` those of agencies, of sites on money and technology and of Asia's press, `melted/pages.txt`
those that no rule was written for, `melted/open.txt` those that do not go everywhere yet, `melted/story.txt`
sentences of stories; the files named `arabic` are the same in Arabic, `arabic_press.txt` those of papers, channels
and apps that were collected last.
"""

from pathlib import Path

import pytest

from generator.ingest.cleaning.body import clean_body
from generator.ingest.rulebook.rules import load_rules
from generator.model import Block

FOLDER = Path(__file__).parent / "melted"
RULES = load_rules()
BEFORE = "The council of Dunmore met late on Monday evening. It had nine items, and three of them were new."
AFTER = "The next meeting is due in June, and nobody expects a quarrel."
NEXT = (
    "The judge wrote it all down in a green book.",
    "Milo Rask, a beekeeper from Karrel, has moved into his shed.",
    "'It suits her,' said a guard at the door.",
    "She has not been seen in the town since then.",
    "Police are looking for a grey van with one door.",
    "Farmers want cheaper diesel before the harvest begins.",
)

ARABIC_BEFORE = "التقى مجلس بلدة دنمور مساء الاثنين. وكان على جدول أعماله تسعة بنود، ثلاثة منها جديدة."
ARABIC_AFTER = "ومن المقرر أن يعقد الاجتماع المقبل في يونيو، ولا أحد يتوقع خلافا."
ARABIC_NEXT = (
    "كتب القاضي كل ذلك في دفتر أخضر.",
    "وانتقل ميلو راسك، وهو نحال من كاريل، إلى كوخه.",
    "وقال حارس عند الباب إن ذلك يناسبها.",
    "ولم يرها أحد في البلدة منذ ذلك الحين.",
    "تبحث الشرطة عن شاحنة رمادية بباب واحد.",
    "ويريد المزارعون وقودا أرخص قبل موسم الحصاد.",
)


def wordings(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def left(*texts: str) -> str:
    blocks = [Block(1000 * number, number + 1, text) for number, text in enumerate(texts)]
    return " ".join(clean_body(blocks, RULES, "Council of Dunmore meets", "The Ledger").texts)


def goes(junk: str, before: str = BEFORE, after: str = AFTER, follows: tuple[str, ...] = NEXT) -> bool:
    between = all(left(f"{before} {junk} {one} {after}") == f"{before} {one} {after}" for one in follows)
    return between and left(f"{before} {junk}") == before and left(before, junk, after) == f"{before} {after}"


@pytest.mark.parametrize(
    "junk", [*wordings("junk"), *wordings("press"), *wordings("agencies"), *wordings("pages")]
)
def test_junk_goes_whatever_follows_it(junk: str) -> None:
    assert goes(junk)


@pytest.mark.parametrize("junk", [*wordings("arabic"), *wordings("arabic_press")])
def test_arabic_junk_goes_whatever_follows_it(junk: str) -> None:
    assert goes(junk, ARABIC_BEFORE, ARABIC_AFTER, ARABIC_NEXT)


@pytest.mark.xfail(reason="open", strict=True)
@pytest.mark.parametrize("junk", wordings("open"))
def test_junk_that_does_not_go_everywhere_yet(junk: str) -> None:
    assert goes(junk)


@pytest.mark.xfail(reason="open", strict=True)
@pytest.mark.parametrize("junk", wordings("arabic_open"))
def test_arabic_junk_that_does_not_go_everywhere_yet(junk: str) -> None:
    assert goes(junk, ARABIC_BEFORE, ARABIC_AFTER, ARABIC_NEXT)


@pytest.mark.parametrize("sentence", wordings("story"))
def test_a_sentence_that_begins_like_junk_stays(sentence: str) -> None:
    for texts in ((f"{BEFORE} {sentence} {AFTER}",), (f"{sentence} {AFTER}",), (BEFORE, sentence, AFTER)):
        assert left(*texts) == " ".join(texts)


@pytest.mark.parametrize("sentence", wordings("arabic_story"))
def test_an_arabic_sentence_that_begins_like_junk_stays(sentence: str) -> None:
    before, after = ARABIC_BEFORE, ARABIC_AFTER
    for texts in ((f"{before} {sentence} {after}",), (f"{sentence} {after}",), (before, sentence, after)):
        assert left(*texts) == " ".join(texts)
