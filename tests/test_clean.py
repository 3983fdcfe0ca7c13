"""Promotions out of bodies, damage out of text, text into Markdown; and what must stay."""

import html
import re

import ftfy
import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.ingest.cleaning import clean
from generator.ingest.cleaning.clean import repair
from generator.ingest.cleaning.escape import to_markdown
from generator.ingest.cleaning.promotions import cut
from generator.model import Block

EXTENSIONS = ["tables", "footnotes", "fenced_code", "sane_lists", "def_list", "abbr"]


def left(text: str) -> str:
    kept, dropped = cut(Block(7, 3, text))
    parts = sorted([*kept, *(one.block for one in dropped)], key=lambda block: block.start)
    assert "".join(part.text for part in parts) == text
    for part in parts:
        assert text[part.start - 7 : part.start - 7 + len(part.text)] == part.text
        assert part.line == 3 + text.count("\n", 0, part.start - 7)
    return " ".join(part.text.strip() for part in kept)


PROMOTIONS = [
    "Sign up to Harbour Lines A weekly look at what moves the port after newsletter promotion",
    "Sign up to Down Stream The river's best stories. Get the news, good, bad and wet after newsletter promotion",
    "skip past newsletter promotion Sign up to Harbour Lines The week in the port. after newsletter promotion",
    "Sign up to Harbour Lines The port. Privacy Notice: Newsletters may hold adverts. after newsletter promotion",
    "Sign up to Harbour newsletter The week in the port after newsletter promotion",
    "Free daily newsletter Get the news every morning after newsletter promotion",
    "Sign up: Ellery Breaking News email",
    "Sign up: Ellery Breaking News Email Alerts",
    "Sign Up: Ellery Sport newsletter",
    "Sign up to the Ellery Sport newsletter",
    "Sign up for our weekly newsletter",
    "Sign up for our weekly newsletter.",
    "Sign up here for our weekly newsletter",
    "Sign up for free to get our newsletter and never miss a story.",
    "Sign up for the daily Inside Ellery email for coverage sent to your inbox.",
    "Sign up for the daily Inside Ellery email for coverage sent to your inbox Get our free Inside Ellery email",
    "Sign up to First Light Our briefing breaks down the day, telling you what's happening and why it matters",
    "Sign up to Headlines Get the day's headlines emailed direct to you every morning",
    "Sign up for our Politics newsletter to get analysis from across the country. It'll be in your inbox daily.",
    "Sign up for BBN's Wonder newsletter. Explore the sea with stories of discoveries and more.",
    "Sign up to Money Matters newsletter Our advice every week",
    "Sign up to the Front Page newsletter for free: a guide from The Courier - in your inbox seven days a week.",
    "Register for our free newsletter.",
    "Subscribe to our newsletter to get the best of the week in your inbox.",
    "Subscribe to The Ellery Daily podcast",
    "Subscribe to The Ellery Courier for just 1 crown a week.",
    "Subscribe to continue reading.",
    "Get our breaking news email, free app or daily news podcast",
    "Get our flagship newsletter with the headlines you need to start the day. Sign up here.",
    "Get the latest news from Port Ellery straight to your inbox.",
    "Download our app",
    "Download our app for breaking news.",
    "Download the Ellery Courier app for breaking news and alerts.",
    "CLICK HERE TO GET THE COURIER APP",
    "Follow us on X",
    "Follow us on Facebook, Instagram and X (formerly Twitter).",
    "Follow Ellery Radio on Facebook, Instagram and X.",
    "Follow our live blog for the latest updates",
    "Join our WhatsApp channel for the latest news.",
    "Sign up: Ellery email Get our breaking news email, free app or daily news podcast",
]
BEFORE = ["It rained.", "He called it 'a farce'.", "It was “late”", "Who knew?", "(It rained.)"]
AFTER = ["The mayor said no.", "'We wait,' said Ann Holt.", "“We wait,” she said.", "12 people were hurt."]


@pytest.mark.parametrize("promotion", PROMOTIONS)
def test_a_promotion_is_cut_and_nothing_else(promotion: str) -> None:
    for before in BEFORE:
        for after in AFTER:
            assert left(f"{before} {promotion} {after}") == f"{before} {after}"


@pytest.mark.parametrize("promotion", PROMOTIONS)
def test_a_promotion_is_cut_at_either_end_of_a_block_and_alone(promotion: str) -> None:
    assert left(f"{promotion} The mayor said no.") == "The mayor said no."
    assert left(f"It rained. {promotion}") == "It rained."
    assert left(promotion) == ""


@pytest.mark.parametrize("promotion", PROMOTIONS)
def test_promotions_wrapped_over_lines_are_cut(promotion: str) -> None:
    wrapped = promotion.replace(" ", "\n")

    assert left(f"It\nrained.\n{wrapped}\nThe mayor said no.") == "It\nrained. The mayor said no."


@pytest.mark.parametrize(
    "headline", ["Read more: How the wall was built", "READ MORE: Who pays?", "Related: A year on"]
)
def test_a_link_to_another_story_is_cut_at_the_end_of_a_block(headline: str) -> None:
    assert left(f"It rained. {headline}") == "It rained."
    assert left(headline) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "He urged residents to sign up for the draft.",
        "Sign up for the draft, he urged.",
        "'Sign up to our newsletter,' she told readers.",
        "“Sign up for our newsletter today. It is free,” the advert promised.",
        "The poster read: 'We are hiring. Sign up to our newsletter today,' he said.",
        "The poster read: “We are hiring. Sign up to our newsletter. Now.”",
        "The advert ran: Sign up for our newsletter today.",
        "Sign up for flood alerts at the council's website before Friday.",
        "Sign up for the scheme through the council newsletter by Friday.",
        "Sign up for the summer league opens on Monday. The newsletter has the times.",
        "Sign up sheets were posted in every hall. The newsletter listed them.",
        "Sign up to the armed forces doubled. The army was pleased.",
        "Sign up to newsletters fell by half, the publisher said.",
        "Sign up now. The boat leaves at noon.",
        "Subscribe to that view and you lose, said Holt.",
        "Subscribe to the fund by Friday, officials said. The newsletter lists the banks.",
        "The firm sends an email newsletter to 3,000 readers. It is free.",
        "He left after newsletter promotion failed. It was late.",
        "Get our troops home, the crowd chanted.",
        "Download the council app before Monday to keep your place.",
        "Download our report, the charity said. The app is old.",
        "The app told users: “Download our app again.” It failed.",
        "Download the Transit app to plan trips when Ann Holt closes the bridge for all of the summer.",
        "Download the Transit app to see how Ann Holt travels.",
        "Follow the road to the harbour.",
        "Follow Ann Holt on her round of the harbour. She starts at five.",
        "He told fans to follow us on Instagram.",
        "Join our fight, the union wrote to its members. Two thousand did.",
        "Read more books, she said.",
        "Read more: the two words stood on every poster in town. Nobody knew why.",
        "Alerts were sent to every phone. Email followed. An app was built.",
        "Click here, the message read.",
    ],
)
def test_a_storys_own_sentence_stays(sentence: str) -> None:
    assert left(sentence) == sentence
    assert left(f"It rained. {sentence} It stopped.") == f"It rained. {sentence} It stopped."


@pytest.mark.parametrize("promotion", PROMOTIONS[::4])
@pytest.mark.parametrize(
    "sentence",
    [
        "The company changed its privacy policy in May.",
        "It may share what it knows, its privacy policy warned.",
        "Almost every day Ann Holt walks to the harbour.",
        "Never had the news travelled so fast.",
        "Get the troops home, they cried.",
        "'You can unsubscribe,' he said.",
        "Sign up sheets were posted.",
        "Keep the news quiet, they were told.",
        "Enjoyment was the news of the day.",
    ],
)
def test_the_sentence_after_a_promotion_stays(promotion: str, sentence: str) -> None:
    assert left(f"It rained. {promotion} {sentence}") == f"It rained. {sentence}"


@pytest.mark.parametrize(
    "sentence", ["12 were hurt.", "Ann Holt resigned.", "“We wait” is all there is.", "I went."]
)
def test_a_promotion_without_an_end_does_not_take_the_sentence_after_it(sentence: str) -> None:
    assert sentence in left(f"It rained. Sign up to our newsletter to read more stories like this {sentence}")


def test_a_promotion_without_an_end_ends_where_a_plain_sentence_starts() -> None:
    assert left("Sign up to our newsletter to read more like this The mayor said no.") == "The mayor said no."


@pytest.mark.parametrize(
    "promotion",
    [
        "Download the Courier app to read the full edition offline",
        "Download our app for live court reports",
        "Sign up for our newsletter to read the full edition first",
    ],
)
def test_a_promotion_without_an_end_ends_where_a_name_begins_a_sentence(promotion: str) -> None:
    story = "Inez Trevarro of Harbour Lines put the cost of the strike at nine million crowns."

    assert left(f"It rained. {promotion} {story}") == f"It rained. {story}"


def test_a_promotion_between_the_parts_of_a_quotation_is_cut() -> None:
    marked = "Sign up to Harbour Lines A weekly look after newsletter promotion"

    assert left(f"'We must act. {marked} 'It is late,' he said.") == "'We must act. 'It is late,' he said."
    assert (
        left("'We must act. Sign up: Ellery email 'It is late,' he said.")
        == "'We must act. 'It is late,' he said."
    )


def test_a_pitch_ends_somewhere() -> None:
    story = "The mayor spoke of the bridge, the wall and the tower. " * 20

    assert (
        left(f"Sign up to the club {story}after newsletter promotion")
        == f"Sign up to the club {story}".strip()
    )


# A box whose end is marked but that opens without a call cannot be told from the pitch of the box before it.
CALLS = [promotion for promotion in PROMOTIONS if not promotion.startswith("Free daily")]


@given(
    st.lists(st.sampled_from([*CALLS, *BEFORE, *AFTER, " ", "\n", "'", "Sign up", "newsletter"]), max_size=12)
)
def test_what_stays_and_what_goes_is_the_block(parts: list[str]) -> None:
    text = " ".join(parts).strip()

    assert set(re.findall("rained|hurt|farce", left(text))) == set(re.findall("rained|hurt|farce", text))


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("Mayor calls plan ‘thin' and goes", "Mayor calls plan ‘thin’ and goes"),
        ('a plan “thin as paper" and late', "a plan “thin as paper” and late"),
        ("a plan 'thin’ and late", "a plan ‘thin’ and late"),
        ('a plan "thin” and late', "a plan “thin” and late"),
        ("I ‘don't do' it, don't you?", "I ‘don't do’ it, don't you?"),
        ('“Go," he said. “Now."', "“Go,” he said. “Now.”"),
        ("Holt , the mayor .", "Holt, the mayor."),
        ("Holt 's bridge and Lund ’s wall", "Holt's bridge and Lund’s wall"),
        ("Why now ? Why here !", "Why now? Why here!"),
        ("Score : Ellery ; Rovers lost", "Score: Ellery; Rovers lost"),
        ("( Wire ) said", "(Wire) said"),
        (" a \u00a0 b\t\nc ", "a b c"),
        ("It\u00e2\u20ac\u2122s caf\u00c3\u00a9", "It’s café"),
        ("har\u00adbour\u200b bridge\ufeff \x07here", "harbour bridge here"),
        ("plain\u200f text\u202e", "plain text"),
        ("cafe\u0301", "café"),
        ("Bread &amp;amp; Roses&nbsp;&ndash; <b>no</b>w<br/>open", "Bread & Roses – now open"),
        ("tea. %3Cdiv%20id%3D%221%22%3E%3Cp%3EA%20line%3C%2Fp%3E%3C%2Fdiv%3E More", "tea. A line More"),
        ("in March.The painter.Who did it?Nobody.", "in March. The painter. Who did it? Nobody."),
        ("He left.”Then in 1999.At noon", "He left.” Then in 1999. At noon"),
    ],
)
def test_damage_is_mended(damaged: str, repaired: str) -> None:
    assert repair(damaged) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "'Straight' pairs and \"these\" stay, don't they?",
        "‘the readers' choice’ won",
        "'I love the readers’ letters,' he said",
        "“He is 5' 10\" tall,” she said",
        "rock 'n’ roll of the ’90s",
        "wait ... what",
        "wait . . . what",
        "a rise of .5 per cent",
        ".NET and .com",
        "thanks :)",
        "a ratio of 3 : 1",
        "Vous êtes là ? Oui !",
        "« Bonjour ! » dit-il",
        "„so“ und »so«",
        "AT&T, ﬁne and １２",
        "the <div> tag, a < b and c > d",
        "visit Amazon.Com or node.Js, U.S.Army and 5 p.m.The",
        "שלום\u200f (abc)\u200e!",
        "می\u200cخواهم",
        "👩\u200d💻 at work",
    ],
)
def test_whole_text_stays_as_it_is(text: str) -> None:
    assert repair(text) == text


MESSY = st.text(
    alphabet=list("aSb1 .,;:!?'\"‘’“”()[]-–—«»\u00a0\u200b\u200d\u200fא é\n\tÃ©â€™œ\ufeff\x07…"), max_size=40
)


@given(MESSY | st.text(max_size=40))
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair(text)

    assert repair(once) == once


@given(
    st.text(
        alphabet=list("aSΩЖ北א1 .,;:!?'\"‘’“”()[]-–—«\u00a0\u200b\u200d\u200f\n\t\ufeff\x07…"), max_size=40
    )
)
def test_repairing_loses_no_letter_and_no_digit(text: str) -> None:
    assert [c for c in repair(text) if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1986. A great year", r"1986\. A great year"),
        ("- a dash", r"\- a dash"),
        ("+ a plus", r"\+ a plus"),
        ("#MeToo", r"\#MeToo"),
        ("> more", r"\> more"),
        ("* * *", r"\* * *"),
        (": said", "&#58; said"),
        ("~~~", "&#126;~~"),
        ("a *b* c", r"a \*b\* c"),
        ("_a_ b", r"\_a\_ b"),
        ("`a` b", r"\`a\` b"),
        ("[a](b)", r"[a\](b)"),
        ("![a](b)", r"![a\](b)"),
        ("[a]: b", r"\[a]: b"),
        ("[^1]: b", r"\[^1]: b"),
        ("*[A]: b", r"\*[A]: b"),
        ("a <b> c", "a &lt;b> c"),
        ("AT&amp;T", "AT&amp;amp;T"),
        (r"a \* b", r"a \\* b"),
    ],
)
def test_what_would_change_meaning_is_escaped(text: str, written: str) -> None:
    assert to_markdown([text]) == written


@pytest.mark.parametrize(
    "text",
    [
        "$200m and 40% of it",
        "snake_case_name",
        "a lone * star, a lone ` tick, a lone _ line",
        "[from Ostmark] he said",
        "a < b & c > d",
        "AT&T",
        "+5% and -3%",
        "12.5 million",
        "It cost 3.50. Nobody paid.",
        "| a | b |",
        "5 * 3 * 2",
        r"C:\new",
        "<3",
    ],
)
def test_harmless_characters_stay(text: str) -> None:
    assert to_markdown([text]) == text


MARKS = st.text(alphabet=list("aB1 .*_`[]()<>#+-!|:~=\\&;'\"^{}/@,x?$é"), max_size=20)
ACTIVE = r"""
** __ `` ]( [^1] [a]: *[A]: http://a.b <a@b.c> <b> </b> <div> <br/> <!-- --> <? &amp; &#38; &lt; &copy
1. 2) ~~~ ``` --- === \\ [x](y) [x][y] word |a|
"""
TOKENS = st.lists(
    st.sampled_from([*ACTIVE.split(), "- ", "+ ", "> ", "# ", ": ", " ", "{: .a}"]),
    max_size=8,
).map("".join)


@given(st.lists(MARKS | TOKENS, max_size=4))
@example(["```", "a", "```"])
@example(["Term", ": definition"])
@example(["<<1@1>"])
@example(["&#12 and &#x1f"])
def test_rendered_the_text_says_what_it_said(paragraphs: list[str]) -> None:
    wanted = [flat for paragraph in paragraphs if (flat := " ".join(paragraph.split()))]
    page = markdown.markdown(to_markdown(paragraphs), extensions=EXTENSIONS)
    shown = [html.unescape(re.sub("<[^>]*>", "", one)) for one in re.findall("<p>(.*?)</p>", page, re.DOTALL)]

    assert shown == wanted


@pytest.mark.parametrize(
    "pitch",
    [
        "Sign up to Table Talk Suppers from our cooks, with added gossip",
        "Sign up to Quay Notes Stories from the docks, told by those who load the ships",
        "Sign up to Table Talk Suppers and soups. Get our cooks' letter every week",
        "Sign up to Four Good Reads Each week we choose four. Sign up to receive it in your inbox every Sunday",
        "Sign up to Inside Pages A look behind the desk. Sign up to get the story of the story every weekend.",
        "Sign up to The Ledger All you need. Free, every day.",
    ],
)
def test_a_marked_box_is_cut_however_it_is_worded(pitch: str) -> None:
    marked = f"{pitch} after newsletter promotion"

    assert left(f"The plane left. {marked} The owner waited.") == "The plane left. The owner waited."
    assert left(f"'We left. {marked} 'It rained,' she said.") == "'We left. 'It rained,' she said."


@pytest.mark.parametrize(
    "label",
    [
        "Subscribe now for all of our journalism. Cancel anytime.",
        "Already a subscriber? Log in to hide these messages",
        "Enter your email to get the Evening Ledger.",
        "Story continues below advertisement",
        "Advertisement",
    ],
)
def test_what_a_page_says_of_itself_is_cut(label: str) -> None:
    assert left(f"The plane left. {label} The owner waited.") == "The plane left. The owner waited."


@given(st.text(alphabet=[*"abc E.,'\"‘’“”–—…£€§°½\n", *map(chr, range(0xC0, 0x100))], max_size=14))
@example("caf\u00e9 and £5")
@example("ßØ")
def test_what_is_taken_for_whole_has_nothing_for_ftfy_to_mend(text: str) -> None:
    if clean._WHOLE.match(text):  # noqa: SLF001 - the promise behind a shortcut
        assert ftfy.fix_text(text, clean._FTFY) == text  # noqa: SLF001 - the same
