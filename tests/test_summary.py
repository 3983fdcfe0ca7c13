"""Summaries: whole sentences that carry the news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.summarising.summary import summarise
from generator.ingest.wording.sentences import split_sentences

LEAD = "The harbour bridge at Port Ellery reopened on Monday after storm repairs that took eleven weeks."
MORE = "Engineers replaced forty cables and the whole of the northern deck, at a cost of nine million crowns."
REST = ["Traders on the quay welcomed the news.", "The ferry that stood in for the bridge stops on Sunday."]
LONG = "word, " * 60 + "and so on without an end that anybody would wait for."

texts = st.lists(
    st.text(st.sampled_from("abA .!?,'“”…。（1"), max_size=80)
    | st.sampled_from([LEAD, MORE, LONG, "He said so.", "By Ada Prowse"]),
    max_size=6,
)


def test_the_first_sentences_are_the_summary() -> None:
    assert summarise([f"{LEAD} {MORE}", *REST]) == f"{LEAD} {MORE} {REST[0]}"


@pytest.mark.parametrize(
    "before",
    [
        "By Ada Prowse",
        "By Ada Prowse, Chief Reporter.",
        "Photograph: Ned Harper/Ellery Courier.",
        "Picture by Ned Harper.",
        "The bridge seen from the quay on Monday. Ned Harper/Getty Images.",
        "Last updated on Monday.",
        "Sign up for our morning briefing.",
        "Will the bridge ever be safe again?",
        "He said it was over.",
        "“It is over,” she said.",
        "BRIDGE OPEN AGAIN",
        "Open. Again.",
    ],
)
def test_what_is_no_lead_does_not_come_first(before: str) -> None:
    assert summarise([before, f"{LEAD} {MORE}", *REST]).startswith(LEAD)


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT ELLERY (Ellery Wire) - ",
        "PORT ELLERY, June 2 — ",
        "Port Ellery – ",
        "(EW) ",
        "Port Ellery, Ostland: ",
        "June 2, 2025: ",
    ],
)
def test_a_dateline_is_left_out(dateline: str) -> None:
    assert summarise([f"{dateline}{LEAD}", MORE]) == f"{LEAD} {MORE}"


def test_captions_before_an_agency_dateline_are_left_out() -> None:
    caption = "A man fishes below the bridge that links both sides of the harbour of Port Ellery in Ostland."

    assert summarise([caption, f"PORT ELLERY (Ellery Wire) - {LEAD}", MORE]) == f"{LEAD} {MORE}"


def test_a_dash_inside_the_lead_is_no_dateline() -> None:
    lead = "Nobody at the council – Ada Prowse least of all – expected the bridge to open before the winter."

    assert summarise([lead, MORE]) == f"{lead} {MORE}"


def test_a_question_does_not_follow_either() -> None:
    assert summarise([f"{LEAD} Who would have thought so?"]) == LEAD


def test_a_quotation_is_not_left_open() -> None:
    assert summarise([f"{LEAD} “It was a long winter. {LONG}”"]) == LEAD


def test_a_sentence_that_does_not_fit_is_passed_over_for_one_that_does() -> None:
    assert summarise([LONG, LONG, "She waved.", LEAD], longest=120) == LEAD


def test_only_where_nothing_fits_a_sentence_is_cut_at_a_clause() -> None:
    summary = summarise([LONG], longest=100)

    assert summary.endswith("word…")
    assert LONG.startswith(summary.removesuffix("…"))
    assert 60 < len(summary) <= 100


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert summarise(["a" * 500 + "."], longest=10) == "a" * 9 + "…"


def test_text_without_an_end_is_its_own_summary() -> None:
    assert summarise(["Bridge open again"]) == "Bridge open again"


def test_no_text_has_no_summary() -> None:
    assert summarise([]) == ""
    assert summarise(["", " "]) == ""


@given(texts, st.integers(40, 300))
def test_a_summary_fits_and_takes_from_the_text_in_its_order(paragraphs: list[str], longest: int) -> None:
    summary = summarise(paragraphs, longest=longest)
    text = iter("".join(paragraphs))

    assert len(summary) <= longest
    assert all(character in text for character in "".join(summary.removesuffix("…").split()))
    assert len(split_sentences(summary)) <= 3


def test_a_dateline_with_its_date_is_no_part_of_the_news() -> None:
    lead = "The ferry across Carrow Sound sailed again, two years after a storm wrecked its landing stage."

    assert summarise([f"PORT MARLOW, 5 June 2025 - {lead}"]) == lead
    assert summarise([f"MARLOW, June 5, 2025 (Wire) - {lead}"]) == lead


STORIES = {
    "de": (
        "Der Kanzler hat am Montag die neue Hafenbrücke in Elmford nach elf Wochen Bauzeit wieder eröffnet.",
        "Die Reparatur der Brücke kostete neun Millionen Kronen, die Hälfte davon zahlte das Land Ostland.",
    ),
    "fr": (
        "Le maire de Valombre a inauguré lundi le nouveau pont du port, onze semaines après la tempête.",
        "Les travaux du pont ont coûté neuf millions de couronnes, dont la moitié payée par la région.",
    ),
    "es": (
        "El alcalde de Valdehierro inauguró el lunes el nuevo puente del puerto tras once semanas de obras.",
        "Las obras del puente costaron nueve millones de coronas, la mitad de ellas pagadas por la región.",
    ),
    "ar": (
        "افتتح رئيس البلدية يوم الاثنين جسر الميناء الجديد بعد أحد عشر أسبوعا من أعمال الإصلاح في المدينة.",
        "كلفت أعمال إصلاح جسر الميناء تسعة ملايين كرونة دفعت الحكومة الإقليمية نصفها من ميزانيتها.",
    ),
    "ja": (
        "エルム市の市長は月曜日、嵐で被害を受けた港の新しい橋の開通式に出席し、再開を宣言した。",
        "橋の工事費は九億クローネで、その半分を地域政府が負担し、残りは市が支払うことになった。",
    ),
}


@pytest.mark.parametrize(
    ("language", "before"),
    [
        ("de", "Von Ada Prowse"),
        ("de", "Foto: Ned Harper/dpa"),
        ("de", "Lesen Sie auch: Der Sturm und seine Folgen."),
        ("de", "Er sagte am Montag, dass die Brücke nun wieder sicher sei und alle sich freuen."),
        ("de", "Das ist nach Ansicht der Stadt ein großer Erfolg, über den sich alle freuen dürfen."),
        ("de", "Wird die Brücke jemals wieder sicher sein?"),
        ("fr", "Par Ada Prowse"),
        ("fr", "Photo : Ned Harper."),
        ("fr", "À lire aussi : la tempête et ses suites."),
        ("fr", "Il a déclaré lundi que le pont était de nouveau sûr et que tous s’en réjouissaient."),
        ("fr", "« Nous sommes heureux », a-t-elle ajouté lundi devant les habitants de la ville réunis."),
        ("es", "Por Ada Prowse"),
        ("es", "Lea también: el temporal y sus consecuencias."),
        ("es", "¿Volverá a ser seguro el puente algún día para los vecinos de la ciudad?"),
        ("es", "Añadió que el puente es de nuevo seguro y que todos los vecinos se alegran mucho."),
        ("ar", "اقرأ أيضا: العاصفة وما بعدها."),
        ("ar", "هل سيكون الجسر آمنا مرة أخرى لسكان المدينة؟"),
        ("ar", "وأضاف أن الجسر أصبح آمنا من جديد وأن الجميع سعداء بذلك بعد انتظار طويل."),
        ("ja", "写真:港の橋。"),
        ("ja", "しかし、橋は再び安全になり、市民はみな長い冬の後の再開を喜んでいる。"),
        ("ja", "彼女は月曜日、橋は再び安全であり、市民はみな再開を喜んでいると述べた。"),
        ("ja", "橋は本当に安全なのか。"),
    ],
)
def test_no_language_begins_with_what_is_no_lead(language: str, before: str) -> None:
    lead, more = STORIES[language]

    assert summarise([before, f"{lead} {more}"], language=language).startswith(lead)


@pytest.mark.parametrize(
    ("language", "dateline"),
    [
        ("de", "ELMFORD (dpa) - "),
        ("fr", "VALOMBRE, 2 juin (AFP) - "),
        ("es", "VALDEHIERRO, 2 de junio (EFE) - "),
        ("ar", "المدينة (وكالة) - "),
        ("ja", "【エルム市＝通信】"),
    ],
)
def test_no_language_begins_with_a_dateline(language: str, dateline: str) -> None:
    lead, _ = STORIES[language]

    assert summarise([f"{dateline}{lead}"], language=language) == lead


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        (
            "en",
            "The post office at Port Ellery closed on Monday after eleven weeks of repairs to its northern roof.",
        ),
        ("de", "Anzeige hat am Montag die Stadt Elmford gegen den Erbauer der neuen Hafenbrücke erstattet."),
        ("es", "La entrada al puente nuevo de Valdehierro costará dos coronas, anunció el lunes el alcalde."),
        ("ar", "شارك آلاف السكان يوم الاثنين في افتتاح جسر الميناء الجديد بعد أحد عشر أسبوعا من الإصلاح."),
        ("ja", "アプリを使う市民は月曜日から港の新しい橋の混雑を知ることができるようになると市は発表した。"),
    ],
)
def test_a_sentence_of_the_story_is_no_notice(language: str, lead: str) -> None:
    assert summarise([lead, *STORIES.get(language, (MORE,))], language=language).startswith(lead)


@pytest.mark.parametrize("language", STORIES)
def test_the_sentences_of_every_language_stay_whole(language: str) -> None:
    lead, more = STORIES[language]
    summary = summarise([lead, more], language=language)

    assert summary in (f"{lead} {more}", f"{lead}{more}", lead)


@pytest.mark.parametrize("language", ["de-AT", "FR", "es_MX", "xx", ""])
def test_a_language_may_have_a_region_or_be_unknown(language: str) -> None:
    assert summarise([f"{LEAD} {MORE}"], language=language) == f"{LEAD} {MORE}"


GIVEN = "The harbour bridge has reopened. Eleven weeks of repairs are over."


def test_the_summary_of_the_publisher_is_taken() -> None:
    assert summarise([LEAD, MORE], given=f"  {GIVEN}\n") == GIVEN
    assert summarise([], given=GIVEN) == GIVEN


@pytest.mark.parametrize(
    "given",
    [
        "The harbour bridge at Port Ellery reopened on Monday after storm repairs…",
        "The harbour bridge at Port Ellery reopened on Monday after storm [...]",
        "The harbour bridge at Port Ellery reopened on Monday after",
        "BRIDGE OPEN AGAIN.",
        "The bridge reopened. Read more on our website.",
        "Will the harbour bridge at Port Ellery ever be safe again?",
        "He said the harbour bridge at Port Ellery would reopen after storm repairs.",
        "The Ellery Courier brings readers latest stories, opinion, pictures.",
        "By Ada Prowse.",
        "The post Harbour bridge reopened appeared first on The Ellery Courier.",
        "-> The harbour bridge reopened on Monday.",
        f"{LEAD} {MORE} {' '.join(REST)} {LEAD}",
    ],
)
def test_a_publishers_summary_that_is_none_is_not_taken(given: str) -> None:
    assert summarise([LEAD, MORE, *REST], given=given, title="Bridge open again.").startswith(LEAD)


def test_a_publishers_summary_in_japanese_speaks_of_its_article() -> None:
    lead, more = STORIES["ja"]
    about, other = "港の新しい橋が嵐の被害から再開した。", "最新のスポーツとお得なクーポンを毎朝お届け。"

    assert summarise([lead, more], language="ja", given=about) == about
    assert summarise([lead, more], language="ja", given=other).startswith(lead)
