"""The language of a text."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.wording.language import detect, normalise

TEXTS = {
    "en": "The council met on Monday evening and voted to close the harbour bridge until repairs are done.",
    "de": "Der Stadtrat hat am Montagabend beschlossen, die Hafenbrücke bis zum Ende der Reparaturen zu sperren.",
    "fr": "Le conseil municipal a décidé lundi soir de fermer le pont du port jusqu'à la fin des travaux.",
    "es": "El ayuntamiento decidió el lunes por la noche cerrar el puente del puerto hasta que terminen las obras.",
    "ar": "قرر المجلس البلدي مساء الاثنين إغلاق جسر الميناء حتى انتهاء أعمال الإصلاح، وفقا لمسؤولين.",
    "fa": "شورای شهر دوشنبه شب تصمیم گرفت پل بندر را تا پایان تعمیرات ببندد، مقامات گفتند که کار نزدیک است.",
    "ur": "شہر کی کونسل نے پیر کی شام بندرگاہ کا پل مرمت مکمل ہونے تک بند کرنے کا فیصلہ کیا ہے۔",
    "ja": "市議会は月曜日の夜、修理が終わるまで港の橋を閉鎖することを決めた。",
    "zh": "市议会周一晚间决定关闭港口大桥，直至维修完成。",
    "ko": "시의회는 월요일 저녁 항구 다리를 폐쇄하기로 결정했다.",
    "ru": "Городской совет в понедельник вечером решил закрыть портовый мост до окончания ремонтных работ.",
    "uk": "Міська рада у понеділок увечері вирішила закрити портовий міст, її підтримали всі депутати.",
    "he": "מועצת העיר החליטה ביום שני בערב לסגור את גשר הנמל עד לסיום התיקונים.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα να κλείσει τη γέφυρα.",
    "th": "สภาเมืองตัดสินใจปิดสะพานท่าเรือในคืนวันจันทร์",
    "hi": "नगर परिषद ने सोमवार शाम को मरम्मत पूरी होने तक बंदरगाह पुल को बंद करने का फैसला किया।",
    "pt": "A câmara municipal decidiu na segunda-feira à noite fechar a ponte do porto até ao fim das obras.",
    "it": "Il consiglio comunale ha deciso lunedì sera di chiudere il ponte del porto fino alla fine dei lavori.",
    "nl": "De gemeenteraad heeft maandagavond besloten de havenbrug te sluiten tot de reparaties klaar zijn.",
    "pl": "Rada miasta zdecydowała w poniedziałek wieczorem o zamknięciu mostu portowego do końca napraw.",
    "tr": "Belediye meclisi pazartesi akşamı liman köprüsünü onarım bitene kadar kapatma kararı aldı.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_what_the_format_says_is_confirmed(language: str) -> None:
    assert detect(TEXTS[language], f"{language}-XX") == language


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", "en"),
        ("ja", "en-US"),
        ("ru", "de"),
        ("en", "ar"),
        ("de", "en"),
        ("fr", "en"),
        ("en", "ja"),
        ("he", "ar"),
    ],
)
def test_a_text_that_clearly_says_otherwise_is_believed(language: str, told: str) -> None:
    assert detect(TEXTS[language], told) == language


@pytest.mark.parametrize(
    ("language", "told"),
    [("pt", "gl"), ("it", "en"), ("ar", "ckb"), ("zh", "ja"), ("ru", "bg"), ("nl", "de")],
)
def test_a_short_text_that_may_be_what_the_format_says_is_not_doubted(language: str, told: str) -> None:
    assert detect(TEXTS[language], told) == told


@pytest.mark.parametrize(("language", "told"), [("it", "en"), ("nl", "en"), ("pl", "de")])
def test_a_long_text_without_one_small_word_of_what_the_format_says_is_doubted(
    language: str, told: str
) -> None:
    assert detect(f"{TEXTS[language]} " * 4, told) == language


@pytest.mark.parametrize(
    "text", ["", "OK", "12 345 678 910", "Storm hits coast", "Yahoo", "北京", "…", "Sturm"]
)
def test_a_text_that_is_too_short_tells_nothing(text: str) -> None:
    assert not detect(text)
    assert detect(text, "de_CH") == "de"


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ("en-US", "en"),
        ("EN_us", "en"),
        ("english", "en"),
        ("eng", "en"),
        (" Deutsch ", "de"),
        ("de_DE.UTF-8", "de"),
        ("en-US,en;q=0.9", "en"),
        ("zh-Hans-CN", "zh"),
        ("iw", "he"),
        ("jp", "ja"),
        ("العربية", "ar"),
        ("日本語", "ja"),
        ("ckb", "ckb"),
        ("x-default", ""),
        ("und", ""),
        ("zxx", ""),
        ("C", ""),
        ("us", ""),
        ("not a language", ""),
        ("", ""),
    ],
)
def test_what_formats_call_a_language_becomes_its_tag(told: str, tag: str) -> None:
    assert normalise(told) == tag


def test_plain_texts_need_no_model() -> None:
    plain = [TEXTS[language] for language in ("en", "de", "fr", "es", "ar", "ja", "ko", "uk")]
    program = (
        "import sys; from generator.ingest.wording.language import detect; "
        f"[detect(text) for text in {plain!r}]; sys.exit('py3langid' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@given(st.text(max_size=300), st.text(max_size=12))
def test_any_text_has_a_tag_or_none(text: str, told: str) -> None:
    assert len(detect(text, told)) in {0, 2, 3}
