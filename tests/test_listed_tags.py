"""Tags in German, French, Spanish, Arabic and Japanese: listed names and subjects, and what surely shows a name."""

from collections.abc import Iterator
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.tagging.gazetteer import LANGUAGES, gazetteer, words_of
from generator.ingest.tagging.tags import find_tags

STORIES = {
    "de": (
        "Bundeskanzler Lindtal eröffnet die Hafenbrücke",
        [
            (
                "Bundeskanzler Konrad Lindtal hat am Montag die neue Hafenbrücke in Elmford eröffnet. Die Brücke "
                "war nach dem Sturm elf Wochen lang gesperrt."
            ),
            (
                "„Das ist ein guter Tag für die Stadt“, sagte Lindtal. Auch Ministerin Dr. Odette Brunnwald nahm "
                "teil. Die Hälfte der Kosten trägt die EU. Lindtals Regierung lobt die Europäische Union."
            ),
            (
                "In Deutschland sind nach Angaben der GVB 4000 Brücken sanierungsbedürftig. Die GVB fordert mehr "
                "Geld. Über die Zölle der USA wurde Ende Juni nicht gesprochen."
            ),
        ],
    ),
    "fr": (
        "Le maire de Valombre promet un pont neuf",
        [
            (
                "Le président Étienne Marchetal a inauguré lundi le nouveau pont de Valombre, onze semaines après "
                "la tempête. Les travaux ont coûté neuf millions d’euros."
            ),
            (
                "« C’est un grand jour pour Valombre », a déclaré M. Marchetal. La ministre Odile Brunneval et le "
                "maire Ada de Fontremy étaient présents. L’Union européenne a payé la moitié, et l’UE s’en "
                "félicite."
            ),
            (
                "Selon l’Université de Valombre, les inondations sont fréquentes. Aux États-Unis aussi. Pierre "
                "Lacombe reste prudent. Marchetal n’a pas voulu commenter."
            ),
        ],
    ),
    "es": (
        "El presidente Marchena inaugura el puente de Valdehierro",
        [
            (
                "El presidente Esteban Marchena inauguró el lunes el nuevo puente de Valdehierro, once semanas "
                "después del temporal. Las obras costaron nueve millones de euros."
            ),
            (
                "«Es un gran día para Valdehierro», dijo Marchena. La ministra Odila Brunet Salcedo asistió al "
                "acto. La Unión Europea pagó la mitad, y la UE se felicita."
            ),
            (
                "Según la Universidad de Valdehierro, las inundaciones son frecuentes. En EE. UU. ocurre lo "
                "mismo. Pedro Lacosta es prudente. Marchena no quiso hacer comentarios."
            ),
        ],
    ),
    "ar": (
        "الرئيس يفتتح جسر الميناء في بيروت",
        [
            "افتتح الرئيس يوم الاثنين جسر الميناء الجديد في العاصمة اللبنانية بيروت بعد العاصفة.",
            (
                "وأشاد ممثل الأمم المتحدة بالمشروع. وقال إن الاتحاد الأوروبي دفع نصف التكاليف. وحذر خبراء من "
                "الفيضانات."
            ),
            "وقالت الولايات المتحدة الأمريكية إنها ستدعم لبنان. ورحبت أمريكا بالجسر وبالأمم المتحدة.",
        ],
    ),
    "ja": (
        "首相、エルム市の橋を開通 欧州連合が半額負担",
        [
            "山本竹彦首相は二日、嵐で被害を受けた港の新しい橋の開通式に出席した。EUが費用の半分を負担した。",
            "「街にとって良い日だ」と山本首相は述べた。アダ・ブラウン氏も出席した。米国との関税協議はなかった。",
            "気象庁によると、大雨は続く見通しだ。アメリカ側は関税について何も述べなかった。",
        ],
    ),
}


def tags(language: str, text: str, title: str = "") -> set[str]:
    return set(find_tags(title, [text], language=language, most=20))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", {"Konrad Lindtal", "Europäische Union", "Brücken"}),
        ("fr", {"Étienne Marchetal", "Union européenne", "Valombre", "ponts"}),
        ("es", {"Esteban Marchena", "Unión Europea", "Valdehierro", "puentes"}),
        ("ar", {"بيروت", "لبنان", "الولايات المتحدة", "الأمم المتحدة"}),
        ("ja", {"山本竹彦", "欧州連合", "アメリカ", "関税"}),
    ],
)
def test_a_story_has_the_tags_an_editor_would_give(language: str, expected: set[str]) -> None:
    found = find_tags(*STORIES[language], language=language)

    assert expected - set(found) == set()
    assert 3 <= len(found) <= 8


WRONG = {
    "de": "Bundeskanzler Montag Sturm Tag Stadt Ministerin Angaben Geld Ende Juni Regierung Das Auch Lindtal",
    "fr": "Le La Les Selon Aux M Marchetal maire lundi Pierre Université L C",
    "es": "El La Las Según En EE UU Es lunes Marchena Pedro Universidad",
    "ar": "الرئيس وقال العاصمة العاصفة يوم الاثنين الاثنين خبراء",
    "ja": "首相 山本 エルム市 二日 港 嵐 ブラウン",
}


@pytest.mark.parametrize("language", WRONG)
def test_no_tag_is_a_day_an_office_an_opener_or_a_fragment(language: str) -> None:
    assert (
        set(find_tags(*STORIES[language], language=language, most=20)) & set(WRONG[language].split()) == set()
    )


@pytest.mark.parametrize("language", STORIES)
def test_the_same_article_has_the_same_tags_and_most_limits_them(language: str) -> None:
    found = find_tags(*STORIES[language], language=language)

    assert find_tags(*STORIES[language], language=language, most=3) == found[:3]
    assert len({tag.casefold() for tag in found}) == len(found)


@pytest.mark.parametrize(
    ("language", "text", "tag"),
    [
        (
            "de",
            "Die Vereinigten Staaten verhandeln. Die US-Regierung schweigt, die USA warten.",
            "Vereinigte Staaten",
        ),
        (
            "de",
            "Deutschlands Häfen wachsen. In Deutschland freut man sich, und deutsche Schiffe fahren.",
            "Deutschland",
        ),
        ("de", "Die Landtagswahlen nahen. Der Wahlkampf beginnt, die Wahl ist im Mai.", "Wahlen"),
        ("de", "Auf dem Nato-Gipfel sprach die Nato über die NATO.", "Nato"),
        ("de", "Die Studie kam von Karl-Heinz Tarrow. Karl-Heinz Tarrow schweigt.", "Karl-Heinz Tarrow"),
        ("de", "Gestern kam Ilse von der Lind. Ilse von der Lind blieb.", "Ilse von der Lind"),
        ("fr", "L’Allemagne attend. La chancelière de l’Allemagne parle.", "Allemagne"),
        ("fr", "Les Nations unies appellent au calme. L’ONU attend.", "ONU"),
        ("fr", "Etats-Unis ou États-Unis, dit-on.", "États-Unis"),
        ("fr", "Le vote a lieu dimanche. Les élections municipales approchent, dit la mairie.", "élections"),
        ("es", "EE.UU. espera. Los Estados Unidos callan.", "Estados Unidos"),
        ("es", "La ONU calla. Las Naciones Unidas esperan.", "ONU"),
        (
            "es",
            "El escritor Ada Tarrow y Lind firma. Ayer llegó Álvaro de la Vega. Álvaro de la Vega se fue.",
            "Álvaro de la Vega",
        ),
        ("ar", "وصل الوفد إلى واشنطن. وفي واشنطن قال إنه عائد.", "واشنطن"),
        ("ar", "للهند سفن. والهند بعيدة، وبالهند موانئ.", "الهند"),
        ("ar", "الامم المتحدة تحذر. وقالت الأمم المتحدة إنها ستعود.", "الأمم المتحدة"),
        ("ar", "الإسرائيليون والجيش الإسرائيلي في إسرائيل.", "إسرائيل"),
        ("ja", "ＮＡＴＯは協議した。NATO加盟国が集まった。", "NATO"),
        ("ja", "インドネシアの船が着いた。インドネシア政府は喜んだ。", "インドネシア"),
        ("ja", "前田一郎氏が話した。前田一郎氏は帰った。", "前田一郎"),
    ],
)
def test_what_means_a_name_or_subject_counts_for_it(language: str, text: str, tag: str) -> None:
    assert tag in tags(language, text)


def test_a_german_place_that_no_list_has_stands_behind_in_without_an_article() -> None:
    found = tags(
        "de",
        "In Sandhafen brannte es. Ein Mann aus Sandhafen sitzt in Haft, in Haft sitzt sein Bruder, beide in Haft. "
        "Er fuhr in Betrieb, aus Betrieb, in Betrieb. Das Haus stand in Flammen, aus Flammen, in Flammen. "
        "Die Polizei in Sandhafen kam nach Angaben der Stadt, nach Angaben der Feuerwehr, nach Angaben aller.",
    )

    assert "Sandhafen" in found
    assert found & {"Haft", "Betrieb", "Flammen", "Angaben", "Stadt", "Mann"} == set()


FALSE_FRIENDS = [
    ("de", "Der Iraner Basar ist nicht der Irak. Im Irak ist es heiß, im Irak ist Sommer.", "Iran"),
    ("de", "Nigeria baut Schiffe. Die Schiffe von Nigeria fahren.", "Niger"),
    ("de", "Die Weiße Flotte fährt. Das Haus ist weiß. Das Haus bleibt.", "Weißes Haus"),
    ("de", "Wir essen gern. Das Essen war gut, das Essen war warm.", "Essen"),
    ("de", "Ende Juni kam der Wolf Angriff. Anfang Mai auch.", "Wolf Angriff"),
    ("de", "Der Minister Bayern Kurier kam. Der Sprecher Angaben Zufolge ging nicht.", "Wahlen"),
    ("fr", "Il fait beau en Autriche. L’Autriche attend l’été.", "Australie"),
    ("fr", "Nigeria ou Nigéria, le Nigeria attend le Nigeria.", "Niger"),
    ("fr", "Il est devant la mairie, devant la police, et il part.", "RN"),
    ("fr", "Paris Tarrow chante. Hier Paris Tarrow a chanté ici.", "Paris"),
    ("es", "Conoce Las Mejores Ofertas Del Verano Para Toda La Familia", "Mejores Ofertas"),
    ("fr", "Toutes Les Meilleures Offres Pour Cet Hiver Avec Valombre", "Meilleures Offres"),
    ("es", "Frente al puerto, frente a todos, de frente.", "guerra"),
    ("es", "Una mujer palestina lee. La mujer palestina sonríe a la mujer.", "Pakistán"),
    ("es", "Rosario Tarrow canta. Ayer Rosario Tarrow cantó aquí.", "Rosario"),
    ("es", "Lo puso en la bolsa. La bolsa pesaba, una bolsa de pan.", "bolsa"),
    ("ar", "قال المدير المالي إن الدعم مالي. والتقرير مالي أيضا.", "جمهورية مالي"),
    ("ar", "جاءت هند اليوم. وهند تدرس، وقالت هند إنها سعيدة.", "الهند"),
    ("ar", "شرح تركي القصة. وقال تركي إنه سعيد.", "تركيا"),
    ("ar", "الجنين بخير. وقال الطبيب إن جنين المرأة بخير، جنين سليم.", "جنين"),
    ("ja", "タイトルを取った。タイトル戦は終わり、首位タイで並んだ。", "タイ"),
    ("ja", "日本海は荒れた。日本海側は雪だ。", "日本"),
    ("ja", "中国地方は雨だ。中国電力によると停電した。", "中国"),
    ("ja", "コメントした。コメントはない。コメディーだ。", "農業"),
    ("ja", "インドアで遊ぶ。インドア派だ。", "インド"),
    ("ja", "自民党総裁は話した。日本代表監督氏は、東京都知事は、前外務大臣氏は帰った。", "日本代表"),
    ("ja", "東京大学で学ぶ。東京大学の教授だ。", "東京"),
]


@pytest.mark.parametrize(("language", "text", "tag"), FALSE_FRIENDS)
def test_what_only_looks_like_a_name_is_none(language: str, text: str, tag: str) -> None:
    assert tag not in tags(language, text)


def test_the_name_of_the_source_is_no_tag() -> None:
    title, paragraphs = STORIES["fr"]
    body = [f"{text} La Voix de Valombre suit." for text in paragraphs]

    assert "Voix de Valombre" not in find_tags(title, body, "La Voix de Valombre", language="fr")


@pytest.mark.parametrize("language", ["pt", "it", "id", ""])
def test_in_other_languages_only_what_is_certain_is_a_tag(language: str) -> None:
    text = [
        "O presidente Esteban Marchena abriu a ponte. Esteban Marchena falou. Os EUA esperam, o Brasil também."
    ]

    assert set(find_tags("A ponte", text, language=language)) <= {"Esteban Marchena"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@given(text=st.text(max_size=200))
def test_any_text_has_few_tags(language: str, text: str) -> None:
    assert len(find_tags(text[:40], [text], language=language)) <= 8


def spelled(language: str) -> Iterator[str]:
    for entries in gazetteer(language).starts.values():
        yield from (entry.tag for entry in entries if entry.tag)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_tag_of_a_list_is_spelled_in_one_way(language: str) -> None:
    found = set(spelled(language))

    assert len({tag.casefold() for tag in found}) == len(found) > 250


@pytest.mark.parametrize("language", sorted(LANGUAGES - {"ja"}))
def test_every_listed_name_is_found_by_its_own_spelling(language: str) -> None:
    table = gazetteer(language)
    lost = {tag for tag in table.tags if tag not in {hit.tag for hit in table.find(words_of(tag, language))}}

    assert {tag for tag in lost if f'"{tag}" = "-' not in listing(language)} == set()


def listing(language: str) -> str:
    return resources.files("generator.ingest").joinpath(f"languages/{language}/tags.toml").read_text("utf-8")
