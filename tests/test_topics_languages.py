"""Topics in German, French, Spanish and Arabic: a story of each kind, and what a language's words may look like."""

from importlib import resources
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.classifying import inflections, terms, wordforms
from generator.ingest.classifying.topics import classify
from generator.taxonomy import TAXONOMY

TOPICS = sorted(topic.slug for topic in TAXONOMY)
LANGUAGES = ("ar", "de", "es", "fr")
LISTED = {language: dict(terms.load(language)) for language in LANGUAGES}

# By language: a line with topic and title, then the text; a blank line between stories. Of each topic one that no
# term was chosen by, and of the larger topics one that says it with few of their usual words.
STORIES = {
    "de": """\
arts | Sängerin Tilla kündigt Abschiedstournee an
Die Konzerte in zwölf Städten beginnen im Oktober. Ihr letztes Album stand fünf Wochen an der Spitze
der Charts.

arts | Trauer um Erzähler Heinrich Moll
Mit seinen Büchern über das Leben im Moor wurde er bekannt. Er starb am Sonntag mit 91 Jahren, wie
sein Verlag mitteilte.

conflict | Waffenruhe in Karsien hält nur wenige Stunden
Rebellen und Regierungstruppen warfen sich gegenseitig vor, die Feuerpause gebrochen zu haben.
Entlang der Front wurde wieder geschossen.

conflict | Karsien meldet Einnahme von drei Dörfern
Unabhängig überprüfen ließen sich die Angaben nicht. Der Generalstab in Vardholm sprach von schweren
Kämpfen im Süden und hohen Verlusten des Gegners.

crime | Geldautomat gesprengt: Polizei sucht Zeugen
Unbekannte Täter flüchteten in der Nacht zum Dienstag mit ihrer Beute in einem dunklen Auto. Das
Landeskriminalamt ermittelt.

crime | Falscher Handwerker bringt Seniorin um Erspartes
Der Mann gab vor, die Wasserleitung prüfen zu müssen. Als die 83-Jährige in die Küche ging, griff er
nach der Schmuckschatulle. Hinweise nimmt das Revier in Ellern entgegen.

disaster | Erdbeben der Stärke 6,4 erschüttert Tamaro-Tal
Rettungskräfte suchen in den Trümmern nach Verschütteten. Hunderte Häuser stürzten ein.

economy | Autozulieferer Hartwerk rutscht tief in die roten Zahlen
Der Konzern verbuchte im dritten Quartal einen Verlust von 340 Millionen Euro. Die Aktie verlor im
frühen Handel mehr als neun Prozent.

economy | Porzellanhersteller Kaltenbach vor dem Aus
Nach 140 Jahren gehen in Ellern die Öfen aus. Hohe Gaspreise und billige Konkurrenz aus Fernost
hätten keine Wahl gelassen, teilte die Geschäftsführung den 200 Mitarbeitern am Montag mit.

education | Abiturienten scheitern an Mathe-Prüfung
Schüler beschwerten sich über zu schwere Aufgaben. Das Schulministerium will die Noten anheben.

environment | Wölfe breiten sich im Alpenvorland aus
Naturschützer zählen inzwischen acht Rudel. Landwirte fordern den Abschuss von Problemtieren.

health | Neues Medikament verlangsamt Alzheimer
In der klinischen Studie ließen die geistigen Fähigkeiten der Patienten weniger stark nach. Eine
Therapie sei das aber noch nicht, sagen Mediziner.

health | Zu wenig Schlaf schadet dem Herzen
Wer dauerhaft weniger als sechs Stunden ruht, hat ein höheres Infarktrisiko, warnt die Deutsche
Herzstiftung.

human-interest | 102-Jährige springt mit dem Fallschirm
Die Urgroßmutter erfüllte sich zum Geburtstag einen Traum. Es sei wunderbar gewesen, sagte sie.

labour | Zahl der Arbeitslosen steigt auf 2,8 Millionen
Die Bundesagentur für Arbeit verzeichnete weniger offene Stellen. Viele Betriebe setzten auf
Kurzarbeit.

lifestyle | Diese Reiseziele sind im Herbst besonders beliebt
Urlauber zieht es nach Griechenland und Portugal. Hotels am Strand sind oft günstiger als in der
Hauptsaison.

politics | Ministerpräsidentin Rehm tritt zurück
Die Regierungschefin zog damit die Konsequenz aus der Niederlage ihrer Partei bei der Landtagswahl.
Ein Nachfolger soll am Freitag nominiert werden.

politics | Streit um Heizungsgesetz: Koalition vertagt sich
Nach siebenstündigen Beratungen im Kanzleramt gingen die Parteichefs ohne Ergebnis auseinander. Aus
der SPD hieß es, man werde sich nicht treiben lassen.

religion | Papst ruft an Ostern zu Nächstenliebe auf
Zehntausende Pilger verfolgten die Messe auf dem Petersplatz. Der Vatikan sprach von einem Zeichen
der Hoffnung.

science | Rakete bringt Forschungssatelliten ins All
Die Raumfahrtagentur Esa sprach von einem perfekten Start. Der Satellit soll das Erdmagnetfeld
vermessen.

science | Warum Zebras Streifen haben
Ein Team um die Biologin Mara Tanner hat Pferden Decken mit Mustern angezogen. Fliegen landeten
seltener auf gestreiftem Stoff, schreibt es im Journal «Plos One».

society | Tausende demonstrieren für Rechte von Frauen
Bei Kundgebungen in mehreren Städten forderten sie Gleichberechtigung und Schutz vor häuslicher
Gewalt.

sport | Weber gewinnt Slalom in Kaltenegg
Die 24-Jährige feierte ihren dritten Weltcupsieg der Saison. Im zweiten Lauf fuhr sie Bestzeit.

sport | Merlingen dreht Spiel in Unterzahl
Erst sah Kapitän Bode Rot, dann trafen Lukic und Sander binnen drei Minuten. «Unfassbar, diese
Mannschaft», sagte der Coach.

technology | Lumo bringt faltbares Smartphone auf den Markt
Das Gerät hat ein Display von acht Zoll und läuft mit Android. Ein neuer Chip soll den Akku schonen.

technology | Lumo stellt Browser mit eingebautem Assistenten vor
Das Programm soll Webseiten zusammenfassen und Formulare ausfüllen. Datenschützer sind skeptisch.

weather | Hitzewelle: Bis zu 38 Grad am Donnerstag
Die Meteorologen erwarten danach kräftige Gewitter. Nachts kühlt es kaum unter 20 Grad ab.
""",
    "fr": """\
arts | Le chanteur Milo annule sa tournée
Les concerts prévus en mai sont reportés. Son dernier album s'est vendu à 200.000 exemplaires.

arts | Mort du conteur Henri Moulin
Ses livres sur la vie dans les marais l'avaient rendu célèbre. Il s'est éteint dimanche à 91 ans, a
annoncé son éditeur.

conflict | Un cessez-le-feu entre en vigueur en Karsie
Les belligérants se sont engagés à retirer leurs troupes de la ligne de front. L'ONU enverra des
casques bleus.

conflict | La Karsie revendique la prise de trois villages
L'information n'a pu être vérifiée de source indépendante. L'état-major adverse évoque de violents
combats dans le sud.

crime | Braquage d'une bijouterie: trois suspects en garde à vue
Les malfaiteurs avaient emporté un butin estimé à 600.000 euros. Le parquet a ouvert une information
judiciaire.

crime | Un faux plombier dérobe les bijoux d'une octogénaire
L'homme prétendait vérifier les canalisations. La gendarmerie appelle à la prudence et lance un
appel à témoins.

disaster | Un séisme de magnitude 6,4 frappe la vallée du Tamaro
Les secouristes fouillent les décombres à la recherche de survivants. Des centaines de maisons se
sont effondrées.

economy | Le groupe Valmont ferme deux usines
Le fabricant de pneus a enregistré une perte nette de 210 millions d'euros au premier semestre. Son
chiffre d'affaires a reculé de 8%.

economy | Le fabricant de porcelaine Morel jette l'éponge
Après 140 ans, les fours s'éteindront à Tarne. La direction a invoqué le coût du gaz et la
concurrence asiatique devant ses 200 employés.

education | Bac: l'épreuve de maths jugée trop difficile
Des lycéens ont lancé une pétition. Les correcteurs ont reçu des consignes de clémence.

environment | Le loup progresse dans les Alpes
Des associations de protection de la nature recensent onze meutes. Les éleveurs réclament des tirs
pour protéger leurs troupeaux.

health | Un traitement prometteur contre le cancer du pancréas
L'essai clinique montre que les patients vivent six mois de plus. Le médicament n'est pas encore
autorisé.

health | Dormir trop peu abîme le coeur
En dessous de six heures par nuit, le risque d'infarctus augmente, avertit la Fédération de
cardiologie.

human-interest | A 102 ans, elle saute en parachute
L'arrière-grand-mère a réalisé son rêve pour son anniversaire. Elle veut déjà recommencer.

labour | Le chômage remonte à 7,6%
France Travail recense 90.000 demandeurs d'emploi de plus. Les jeunes sont les plus touchés.

lifestyle | Vacances: les destinations préférées des Français cet automne
Les touristes choisissent la Grèce et le Portugal. Les hôtels affichent des prix en baisse.

politics | Remaniement: Claire Besson nommée Première ministre
Le chef de l'Etat l'a chargée de former un nouveau gouvernement. Le RN et LFI ont dénoncé ce choix.

politics | Budget: l'exécutif renonce à supprimer deux jours fériés
Le Premier ministre a lâché du lest face aux critiques de ses alliés. Les socialistes demandent
davantage.

religion | Les musulmans entament le ramadan
Les mosquées ont accueilli les croyants pour la prière du soir. L'imam a appelé à la solidarité.

science | La fusée décolle avec deux satellites à bord
L'agence spatiale européenne a salué un lancement réussi. La mise en orbite a eu lieu 40 minutes
plus tard.

science | Pourquoi les zèbres ont des rayures
L'équipe de la biologiste Mara Tanner a habillé des chevaux de motifs. Les mouches s'y posent moins,
écrit-elle dans la revue Plos One.

society | Des milliers de femmes manifestent contre les violences sexistes
Les associations féministes réclament plus de moyens. Le cortège a défilé dans le calme.

sport | Tour de France: Lucas Ferrand remporte la 12e étape
Le coureur a distancé ses rivaux dans le dernier col. Il endosse le maillot jaune.

sport | Réduits à dix, les Aubinois renversent le match
Bode avait vu rouge avant la pause. Lukic puis Sanders ont marqué en trois minutes.

technology | Lumo dévoile un smartphone pliable
L'appareil est doté d'un écran de huit pouces et d'un processeur maison. Il fonctionne sous Android.

technology | Lumo lance un navigateur doté d'un assistant
Le programme résume les pages et remplit les formulaires. La Cnil se dit vigilante.

weather | Canicule: jusqu'à 40 degrés jeudi
Les températures resteront élevées la nuit. Un rafraîchissement est attendu par l'ouest en fin de
semaine.
""",
    "es": """\
arts | El cantante Milo cancela su gira
Los conciertos de mayo se aplazan. Su último disco vendió 200.000 copias.

arts | Muere el narrador Enrique Molina
Sus libros sobre la vida en las marismas lo hicieron célebre. Falleció el domingo a los 91 años,
informó su editorial.

conflict | El alto el fuego en Karsia dura pocas horas
Rebeldes y tropas gubernamentales se acusaron de violar la tregua. Se reanudaron los combates en el
frente.

conflict | Karsia anuncia la toma de tres aldeas
La información no pudo verificarse de forma independiente. El Estado Mayor rival habló de duros
combates en el sur.

crime | Detenidos tres hombres por el atraco a una joyería
La Policía Nacional recuperó parte del botín. Los arrestados pasarán a disposición judicial.

crime | Un falso fontanero se lleva las joyas de una anciana
El hombre dijo que debía revisar las tuberías. La Policía busca al autor y pide colaboración.

disaster | Un terremoto de magnitud 6,4 sacude el valle del Tamaro
Los rescatistas buscan supervivientes entre los escombros. Cientos de casas se derrumbaron.

economy | Textil Arbona gana 120 millones hasta septiembre
La compañía elevó sus ventas un 8 % y repartirá un dividendo extraordinario. Sus acciones subieron
en bolsa.

economy | La fábrica de porcelana Arbona echa el cierre
Tras 140 años se apagan los hornos en Tarna. La dirección culpa al coste del gas y a la competencia
asiática.

education | Polémica por el examen de matemáticas de selectividad
Los alumnos firmaron una petición para anularlo. Los correctores revisarán las notas.

environment | El lobo se extiende por la cordillera
Los conservacionistas contabilizan once manadas. Los ganaderos piden batidas.

health | Un fármaco frena el avance del alzhéimer
El ensayo clínico incluyó a 1.800 pacientes. Los médicos piden cautela.

health | Dormir poco daña el corazón
Quien descansa menos de seis horas tiene más riesgo de infarto, advierte la Sociedad de Cardiología.

human-interest | Salta en paracaídas a los 102 años
La bisabuela cumplió su sueño el día de su cumpleaños. Ya quiere repetir.

labour | El paro sube en 60.000 personas en enero
La afiliación a la Seguridad Social cayó en la hostelería. El desempleo juvenil sigue por encima del
25 %.

lifestyle | Los destinos preferidos para viajar en otoño
Los turistas eligen Grecia y Portugal. Los hoteles de playa bajan sus precios.

politics | Dimite la consejera de Presidencia
La dirigente dejó el cargo tras perder el apoyo de su partido. El Gobierno autonómico nombrará a un
sustituto el viernes.

politics | El Gobierno aplaza la reforma del alquiler por falta de apoyos
Los socios de la coalición no lograron un acuerdo tras siete horas de reunión en la Moncloa.

religion | Los musulmanes comienzan el ramadán
Las mezquitas acogieron el rezo nocturno. El imán llamó a la convivencia.

science | El cohete despega con dos satélites a bordo
La Agencia Espacial Europea calificó el lanzamiento de perfecto. La nave orbitará la Luna.

science | Por qué las cebras tienen rayas
El equipo de la bióloga Mara Tanner vistió a caballos con dibujos. Las moscas se posaban menos,
escribe en la revista Plos One.

society | Miles de mujeres marchan contra la violencia machista
Las organizaciones feministas exigieron igualdad. La manifestación recorrió el centro.

sport | Ferrán gana la duodécima etapa y se viste de líder
El ciclista atacó en el último puerto de la Vuelta. Aventaja en 40 segundos a su perseguidor.

sport | El Alarcón remonta con diez
Bode vio la roja antes del descanso. Lukic y Sánchez marcaron en tres minutos.

technology | Lumo presenta un móvil plegable
El teléfono tiene una pantalla de ocho pulgadas y un procesador propio. Funciona con Android.

technology | Lumo lanza un navegador con asistente integrado
El programa resume páginas y rellena formularios. Los expertos en privacidad se muestran escépticos.

weather | Ola de calor: hasta 42 grados el jueves
Las temperaturas mínimas no bajarán de 25. El fin de semana llegará un frente frío.
""",
    "ar": """\
arts | المطرب ميلو يلغي جولته الغنائية
تأجلت الحفلات المقررة في مايو. وتصدر ألبومه الأخير قوائم الاستماع.

arts | رحيل الحكاء هنري مولان
عرف بقصصه عن حياة المستنقعات. وتوفي الأحد عن 91 عاما بحسب ناشره.

conflict | انهيار الهدنة في كارسيا بعد ساعات
تبادل المتمردون والقوات الحكومية الاتهامات بخرق وقف إطلاق النار. واستؤنف القتال على خطوط الجبهة.

conflict | كارسيا تعلن السيطرة على ثلاث قرى
لم يتسن التحقق من مصدر مستقل. وتحدثت قيادة الأركان المقابلة عن معارك ضارية في الجنوب.

crime | الشرطة تضبط طنين من المخدرات
ألقت الأجهزة الأمنية القبض على أربعة مهربين في الميناء. وأحيل المتهمون إلى النيابة.

crime | سباك مزيف يستولي على مجوهرات مسنة
ادعى الرجل أنه يفحص الأنابيب. وتبحث الشرطة عن الجاني.

disaster | زلزال بقوة 6.4 درجة يضرب وادي تامارو
تبحث فرق الإنقاذ عن ناجين تحت الأنقاض. وانهارت مئات المنازل.

economy | النفط يقفز بعد قرار أوبك+
صعدت العقود الآجلة لخام برنت إلى 71 دولارا للبرميل. ويخشى المستثمرون نقص الإمدادات.

economy | مصنع الخزف يغلق أبوابه بعد 140 عاما
عزت الإدارة القرار إلى كلفة الغاز والمنافسة الآسيوية. وتراكمت على المصنع ديون بنحو 30 مليونا.

education | طلاب الثانوية العامة يشكون صعوبة امتحان الرياضيات
قال طلبة إن الأسئلة جاءت من خارج المنهاج. وستراجع اللجنة الدرجات.

environment | تسرب نفطي يهدد الطيور البحرية
ينظف متطوعون الشواطئ الملوثة. وقالت وزارة البيئة إن التلوث امتد 12 كيلومترا.

health | دواء جديد يبطئ مرض الزهايمر
شملت التجربة السريرية 1800 مريض. ودعا الأطباء إلى الحذر.

health | قلة النوم تضر بالقلب
من ينام أقل من ست ساعات يزداد لديه خطر الإصابة بالجلطات، بحسب جمعية أطباء القلب.

human-interest | معمرة تقفز بالمظلة في عيد ميلادها 102
حققت الجدة حلمها وتريد تكرار التجربة.

labour | البطالة ترتفع إلى 12 بالمئة
قال مكتب العمل إن عدد العاطلين عن العمل زاد 60 ألفا. وتراجعت فرص العمل للشباب.

lifestyle | أفضل وجهات السفر في الخريف
يختار السياح اليونان والبرتغال. وتقدم الفنادق عروضا مخفضة.

politics | رئيس الوزراء يقدم استقالته
جاءت الخطوة بعد انهيار الائتلاف الحاكم. وكلف الرئيس وزير الداخلية بتشكيل حكومة جديدة.

politics | الحكومة ترجئ قانون الإيجارات لغياب التوافق
لم يتوصل شركاء الائتلاف إلى اتفاق بعد اجتماع دام سبع ساعات.

religion | المسلمون يستقبلون شهر رمضان
أدى المصلون صلاة التراويح في المساجد. ودعا الإمام إلى التسامح.

science | إطلاق صاروخ يحمل قمرين صناعيين
وصفت وكالة الفضاء العملية بالناجحة. وستدور المركبة حول القمر.

science | لماذا للحمار الوحشي خطوط
ألبس فريق عالمة الأحياء مارا تانر خيولا أغطية منقوشة. ونشر النتائج في دورية علمية.

society | آلاف النساء يتظاهرن ضد العنف الأسري
طالبت منظمات نسوية بالمساواة وحقوق المرأة. وجابت المسيرة وسط المدينة.

sport | منتخب السيدات يتأهل إلى نصف النهائي
فاز الفريق على نظيره الفرنسي 2-1 في كأس العالم. وتألقت حارسة المرمى.

sport | عشرة لاعبين يقلبون الطاولة
طرد القائد قبل الاستراحة ثم سجل زميلاه هدفين في ثلاث دقائق.

technology | لومو تكشف عن هاتف ذكي قابل للطي
يعمل الجهاز بنظام أندرويد وشاشته بحجم ثماني بوصات. وزودته الشركة بمعالج جديد.

technology | لومو تطلق متصفحا بمساعد مدمج
يلخص البرنامج الصفحات ويملأ النماذج. ويبدي المدافعون عن الخصوصية تحفظا.

weather | موجة حر تصل بدرجات الحرارة إلى 46 مئوية
يستمر ارتفاع الحرارة حتى الخميس. وتنخفض درجة الحرارة ليلا قليلا.
""",
}


def stories() -> list[tuple[str, str, str, str]]:
    told = []
    for language, listed in STORIES.items():
        for story in listed.strip().split("\n\n"):
            line, _, text = story.partition("\n")
            topic, _, title = line.partition(" | ")
            told.append((language, topic, title, text))
    return told


def found(text: str, language: str) -> set[str]:
    """The terms that any topic has found in a text."""
    return {
        term for slug in TOPICS for term, _ in classify("", text, allowed=[slug], language=language).reasons
    }


def spelled(term: str) -> str:
    """A text with a term in it, where a star stands for letters of its own."""
    words = [f"Zzz{word[1:]}" if word[0] == "*" else word.replace("*", "zzz") for word in term.split(" ")]
    return f"Xyzzy. {' '.join(words).replace('#', '7')}"


@pytest.mark.parametrize(("language", "topic", "title", "text"), stories())
def test_a_story_is_filed_where_a_reader_looks_for_it(
    language: str, topic: str, title: str, text: str
) -> None:
    assert topic == classify(title, text, language=language).topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_of_a_language_cover_the_taxonomy(language: str) -> None:
    tables = {slug: table for slug, table in LISTED[language].items() if slug != terms.ASIDE}

    assert sorted(tables) == TOPICS
    assert all(set(table) == set(terms.LEVELS) for table in tables.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_stand_in_the_order_of_the_alphabet_and_once_under_a_topic(language: str) -> None:
    for table in LISTED[language].values():
        listed = list(chain.from_iterable(table.values()))

        assert len(set(listed)) == len(listed)
        assert all(
            list(level) == sorted(level, key=lambda term: (term.casefold(), term)) for level in table.values()
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_found_as_it_is_written(language: str) -> None:
    lost = [
        (slug, term)
        for slug, table in LISTED[language].items()
        if slug != terms.ASIDE
        for term in chain.from_iterable(table.values())
        if term not in dict(classify("", spelled(term), allowed=[slug], language=language).reasons)
    ]

    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misleading_phrase_speaks_for_no_topic(language: str) -> None:
    phrases = LISTED[language][terms.ASIDE]["terms"]

    assert [phrase for phrase in phrases if classify("", spelled(phrase), language=language).reasons] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_how_its_terms_are_written(language: str) -> None:
    text = (
        resources.files("generator.ingest").joinpath(f"languages/{language}/topics.toml").read_text("utf-8")
    )

    assert text.startswith("# ")
    assert all(f"\n[{slug}]\n" in text for slug in TOPICS)


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("de", "Nach langen Prozessen", "Prozess"),
        ("de", "Vor den Amtsgerichten und Landgerichten", "*gericht"),
        ("de", "Die Pläne im Ort", "Plan"),
        ("de", "Ein Fussballspiel", "Fußball*"),
        ("fr", "Il parle d\u2019élections.", "élection"),
        ("fr", "Le chef de l'Etat", "chef de l'État"),
        ("fr", "Retour à l'Elysée", "Élysée"),
        ("fr", "Les tribunaux", "tribunal"),
        ("es", "Las elecciones", "elección"),
        ("es", "Los alcaldes", "alcalde"),
        ("ar", "وللدبابات", "دبابة"),
        ("ar", "بالق\u064eص\u0652ف", "قصف"),
    ],
)
def test_a_word_is_found_in_the_forms_of_its_language(language: str, text: str, term: str) -> None:
    assert term in found(text, language)


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("de", "Die Gesellschaft, die Eigenschaft und die Botschaft des Beispiels", "crime"),
        ("de", "Hunderte und das Prinzip, das so heißt", "human-interest"),
        ("de", "Das Modell der Moderne", "lifestyle"),
        ("de", "Herr Müller", "environment"),
        ("fr", "Une fois", "religion"),
        ("es", "El Martes", "science"),
        ("ar", "إلى", "technology"),
        ("fr", "Il est important d'aller au but, en partie", "economy"),
        ("es", "Vino a una serie de cosas", "lifestyle"),
        ("ar", "وقف أمام الباب", "religion"),
        ("ar", "جامعة", "religion"),
    ],
)
def test_a_word_that_looks_like_another_speaks_for_no_topic_of_it(
    language: str, text: str, topic: str
) -> None:
    assert classify("", text, allowed=[topic], language=language).reasons == ()


def test_a_verb_is_not_the_noun_of_the_same_letters() -> None:
    assert "*regen" in found("Der Landregen", "de")
    assert "*regen" not in found("Sie wollen anregen", "de")


def test_no_phrase_runs_across_an_arabic_comma() -> None:
    phrase = "وقف إطلاق النار"

    assert phrase in found(phrase, "ar")
    assert phrase not in found(phrase.replace(" ", "\u060c ", 1), "ar")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", ["", "a", "ß", "l'", "وال", "لل", "s", "x" * 40])
def test_a_stub_of_a_word_is_a_form_of_words_alone(language: str, word: str) -> None:
    bases = list(wordforms.words_of(language).bases(word))

    assert all(base in word for base in bases if len(base) < 3)


def test_arabic_text_loses_its_signs_and_keeps_its_stops() -> None:
    assert inflections.bare_arabic("ق\u064e\u0640ص\u0652ف\u060c") == "قصف,"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "unit", ["a", "l'", "\u0648\u0644\u0644", "\u0627\u0644 ", "\u0651", "-s", "\u00dfer"]
)
def test_a_hostile_line_hides_nothing(language: str, unit: str) -> None:
    word = {"ar": "\u0645\u0628\u0627\u0631\u0627\u0629", "de": "Torwart", "es": "portero", "fr": "football"}[
        language
    ]

    assert (
        classify("", f"{unit * 100_000}. {word}", allowed=["sport", "weather"], language=language).topic
        == "sport"
    )


@given(st.text(), st.text(), st.sampled_from(LANGUAGES))
def test_any_text_gets_a_topic_with_its_reasons(title: str, text: str, language: str) -> None:
    verdict = classify(title, text, language=language)

    assert verdict.topic in TOPICS
    assert bool(verdict.reasons) or not verdict.confidence
