"""Aggregators' pages made at random, each with the stories that are on it: any shape, header, gap and damage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from generator.ingest.dating.dates import reads_as_when

SUBJECTS = (
    "The harbour council", "Ann Holt", "A court in Port Ellery", "Haverness United", "The Ostmark parliament",
    "Bakers of Lower Brenn", "The Karrel ferry company", "Dr. Ilsa Brandt", "U.N. observers in Skarrow",
    "The Lindmoor school board", "A dog named Biscuit", "Forty-two villages", "Channel 9 viewers",
)  # fmt: skip
VERBS = (
    "votes to keep", "loses the fight for", "reopens", "pays $2.5m for", "says it never saw", "wants back",
    "is sorry about", "finds", "asks who built", "sells",
)  # fmt: skip
OBJECTS = (
    "the storm wall", "an old lighthouse", "the night ferry", "its own archive", "the St. Averil bridge",
    "three lost paintings", "the 9 o'clock news", "half of the quarry", "the swans of Lake Orrin", "a by-election",
)  # fmt: skip
ENDS = (
    "after two winters", "in spite of the mayor's letter", "before the first snow", "for the second time in a week",
    "while nobody looked", "as prices fall by 4.5 per cent", "on Tuesday", "despite a ruling of No. 10",
)  # fmt: skip
SAYINGS = (
    "'People will sleep through most of it,' she said.",
    "It was built in 1931 and has stood empty since.",
    "“We had nine minutes,” said Jette Marr, who lives above the quay.",
    "He posted the picture 9 minutes ago, by his own account, and went to bed.",
    "The vote was taken at 2 a.m. by ten to eight.",
    "Who was told, and when?",
    "The Ellery Courier had asked for the papers two years ago.",
    "Nobody at the St. Mary's Post would say why.",
    "Comments were closed. Related articles were taken down, too.",
    "The rest is due on 23-04-2025.",
)  # fmt: skip
SOURCES = (
    "Yahoo", "The National", "Daily Mail", "Ostmark Daily", "Channel 9", "St. Mary's Post", "heise.de", "BBN News",
    "Ellery & Sons Weekly", "Auto-Blog", "The New Ostmark Times", "20 Minutes", "Fortuna!", "the ellery courier",
    "Radio 4", "Times Now", "Haverness Herald-Tribune", "Al-Madina", "O'Brien's Wire", "News.com.os", "CNB",
    "The Ferry",
)  # fmt: skip
TIMES = (
    "9 minutes ago", "1 minute ago", "59 minutes ago", "a minute ago", "an hour ago", "2 hours ago", "23 hours ago",
    "a day ago", "2 days ago", "30 days ago", "23-04-2025", "01-12-2024", "31-05-2025",
)  # fmt: skip
ARABIC_SUBJECTS = ("مجلس الميناء", "وزيرة النقل", "محكمة في أوستمارك", "فريق هافرنس", "سكان القرية")
ARABIC_VERBS = ("يقرر إعادة فتح", "تعلن خطة لبناء", "يرفض بيع", "يبحثون عن", "يحتفل بعودة")
ARABIC_OBJECTS = ("الجسر القديم", "المكتبة العامة", "السوق الكبير", "العبّارة الليلية", "المدرسة الشمالية")
ARABIC_ENDS = ("بعد عامين من الإغلاق", "رغم اعتراض السكان", "قبل نهاية الشتاء", "للمرة الثانية هذا العام")
ARABIC_SAYINGS = (
    "وقال المتحدث باسم المجلس إن العمل سيبدأ يوم الأحد.",
    "ولم يعلق أحد من الوزارة على الخبر حتى الآن.",
    "وكان المبنى قد أغلق قبل 9 سنوات بسبب العاصفة.",
    "«لقد انتظرنا طويلاً»، قالت إحدى الساكنات.",
)
ARABIC_SOURCES = ("الجريدة", "أوستمارك اليوم", "الميناء 24", "Sky أوستمارك", "صحيفة الشاطئ")
ARABIC_TIMES = (
    "منذ 5 دقائق", "منذ دقيقة", "منذ ساعة واحدة", "منذ 3 ساعات", "منذ يوم واحد", "منذ ٥ دقائق", "٢٣-٠٤-٢٠٢٥",
    "23-04-2025", "منذ ساعة", "منذ يومين",
)  # fmt: skip
PREFIXES = (
    "BREAKING NEWS: ",
    "BREAKING: ",
    "EXCLUSIVE: ",
    "EXCLUSIVE ",
    "WATCH: ",
    "LIVE: ",
    "Breaking: ",
    "BREAKING NEWS - ",
)
ARABIC_PREFIXES = ("عاجل: ", "عاجل | ", "عاجل.. ", "عاجل - ", "حصري: ")
BYLINES = (
    ("By Jette Marr", ("Jette Marr",)),
    ("By JETTE MARR, Staff Writer", ("Jette Marr",)),
    ("By Jette Marr and Ola de Brenn", ("Jette Marr", "Ola de Brenn")),
    ("By Jette Marr, Ola Brenn and Nina O'Hare", ("Jette Marr", "Ola Brenn", "Nina O'Hare")),
    ("By Jette Marr, political correspondent", ("Jette Marr",)),
    ("By Jette Marr in Port Ellery", ("Jette Marr",)),
    ("By Jette Marr for the Ostmark Daily", ("Jette Marr",)),
    ("By our staff", ()),
    ("Written by Jette Marr", ("Jette Marr",)),
    ("Author: Jette Marr", ("Jette Marr",)),
    ("By: Jette Marr", ("Jette Marr",)),
)
ARABIC_BYLINES = (
    ("بقلم: سلمى حداد", ("سلمى حداد",)),
    ("بقلم سلمى حداد", ("سلمى حداد",)),
    ("كتب: يوسف مراد", ("يوسف مراد",)),
)
OPENING_BYLINES = (
    ("By Jette Marr | ", ("Jette Marr",)),
    ("By Jette Marr, Staff Writer ", ("Jette Marr",)),
    ("By JETTE MARR ", ("Jette Marr",)),
)
LONG_ENOUGH = 22  # words of a paragraph that may be cut off and still can be no picture's caption


@dataclass(frozen=True)
class Told:
    """A story as it should be found."""

    title: str
    body: tuple[str, ...]
    source: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    dress: Callable[["Told"], tuple[str, list[str]]] = lambda told: (told.title, list(told.body))

    @property
    def said(self) -> list[str]:
        """The body as it stands on the page."""
        return self.dress(self)[1]

    @property
    def head(self) -> str:
        """The title as it stands on the page."""
        return self.dress(self)[0]


@dataclass
class Page:
    """A page's lines so far, and the stories that are on it."""

    random: Random
    arabic: bool
    lines: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    twins: bool = False

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, *values: str) -> str:
        return self.random.choice(values)

    def say(self, *lines: str) -> None:
        self.lines += lines

    def blank(self, most: int) -> None:
        self.lines += [""] * self.random.randint(0, most)


def sentence(page: Page) -> str:
    """Make a sentence without its stop that the page does not have yet."""
    parts: tuple[tuple[str, ...], ...] = (SUBJECTS, VERBS, OBJECTS, ENDS)
    if page.arabic:
        parts = (ARABIC_SUBJECTS, ARABIC_VERBS, ARABIC_OBJECTS, ARABIC_ENDS)
    said = ""
    while not said or said in page.said:
        said = " ".join(page.pick(*part) for part in parts)
    page.said.add(said)
    return said


def title(page: Page) -> str:
    said = sentence(page)
    if page.arabic:
        return page.pick(said, said, f"{said}؟", f"«{said}»: ماذا بعد", f"{said}.")
    shapes = (
        said, said, said, f"{said}?", f"Who says {said}?", f"'{said}': what now?", f"{said}.",
        f"“{said}”", f"{said} – but is it enough?", f"{said}: {sentence(page)}, and {sentence(page)}",
        f"Opinion | {said}", f"{said} … and more",
        f"{page.pick(*SOURCES)} {page.pick(*VERBS)} {page.pick(*OBJECTS)}",
        page.pick(*SUBJECTS), f"10 things: {said}", f"{said}! {sentence(page)}",
    )  # fmt: skip
    return page.pick(*shapes)


def body(page: Page, *, one: bool = False) -> tuple[str, ...]:
    count = 1 if one or page.chance(0.6) else page.random.randint(2, 5)
    return tuple(paragraph(page) for _ in range(count))


def paragraph(page: Page) -> str:
    sayings = ARABIC_SAYINGS if page.arabic else SAYINGS
    count = page.random.randint(0, 6)
    text = " ".join(
        [f"{sentence(page)}.", *(page.pick(page.pick(*sayings), f"{sentence(page)}.") for _ in range(count))]
    )
    words = text.split()
    if len(words) > LONG_ENOUGH and page.chance(0.25):
        return " ".join(words[: page.random.randint(LONG_ENOUGH, len(words) - 1)]).rstrip(" .,:“'?”")
    return text


def story(page: Page) -> Told:
    """Make a story with whatever may stand in it."""
    paragraphs = list(body(page))
    if len(paragraphs) > 1 and page.chance(0.1) and paragraphs[0].endswith((".", "?")):
        paragraphs.insert(1, page.pick(*(ARABIC_SOURCES if page.arabic else SOURCES)))
    source = page.pick(*(ARABIC_SOURCES if page.arabic else SOURCES))
    when = page.pick(*(ARABIC_TIMES if page.arabic else TIMES))
    while page.arabic and not reads_as_when(when):
        when = page.pick("23-04-2025", "01-12-2024")
    told = Told(title(page), tuple(paragraphs), source, when)
    kind = page.random.random()
    if kind < 0.05:
        prefix = page.pick(*(ARABIC_PREFIXES if page.arabic else PREFIXES))
        return replace(told, dress=lambda told: (prefix + told.title, list(told.body)))
    if kind < 0.1:
        line, authors = page.random.choice(ARABIC_BYLINES if page.arabic else BYLINES)
        return replace(told, authors=authors, dress=lambda told: (told.title, [line, *told.body]))
    if kind < 0.13 and not page.arabic:
        line, authors = page.random.choice(OPENING_BYLINES)
        return replace(
            told, authors=authors, dress=lambda told: (told.title, [line + told.body[0], *told.body[1:]])
        )
    if kind < 0.16:
        return replace(
            told,
            dress=lambda told: (
                (f"{told.title} - {told.source}", list(told.body))
                if told.source
                else (told.title, list(told.body))
            ),
        )
    if kind < 0.18:
        return replace(
            told,
            dress=lambda told: (
                told.title,
                ["BREAKING NEWS" if not told.body else told.body[0], *told.body[1:]],
            ),
        )
    return told


def furniture(page: Page, gap: int) -> None:
    """Say what stands between the lead and the related stories, some of it missing."""
    if page.arabic:
        hashtags, ai = (
            "هاشتاغز",
            ("جرب ميزات الذكاء الاصطناعي لدينا", "استكشف ما يمكن لـ Quay9 AI أن يفعله لك:"),
        )
        comments, none, related = (
            "التعليقات",
            "لا يوجد تعليقات بعد...",
            page.pick("أخبار ذات صلة", "مقالات ذات صلة"),
        )
    else:
        hashtags, ai = "Hashtags", ("Try Our AI Features", "Explore what Quay9 AI can do for you:")
        comments, none, related = (
            "Comments",
            page.pick("No comments yet...", "No comments yet…"),
            "Related Articles",
        )
    parts: list[str] = []
    if page.chance(0.7):
        parts.append(hashtags)
        parts += page.random.choice(
            ([], [], ["#Skarrow #Ferry"], ["#Ostmark", "#PortEllery"], ["Ferries", "Skarrow"])
        )
    parts += ai if page.chance(0.85) else ()
    parts += (comments, none)
    if page.chance(0.1):
        parts[-1:] = ["2 comments", "Great news!", "Ali", "This is what I have said for ten years."]
    parts.append(related)
    for part in parts:
        page.say(part, *[""] * gap)


def plain_item(page: Page, told: Told, style: str) -> None:
    """Say a related story as plain pages do; `style` says what its header lacks."""
    bullet = page.pick("- ", "- ", "• ", "– ")
    when = told.published
    if style == "no time":
        told = replace(told, published="")
        page.say(told.source, bullet + told.source)
    elif style == "glued":
        page.say(told.source + when, bullet + told.source)
    elif style == "no bullet":
        page.say(told.source, when)
    else:
        page.say(told.source, when, bullet + told.source)
    page.say(told.head, *told.said)
    page.told.append(told)


def logo_item(page: Page, told: Told, style: str, category: str) -> None:
    """Say a story as pages with a logo do: its title twice, then a third time."""
    label = page.pick("time", "time", "", "time\n")
    page.say(told.head, told.head)
    if style == "no time":
        told = replace(told, published="")
        page.say(told.source)
    elif style == "glued":
        page.say(told.source + told.published)
    else:
        page.say(told.source, label + told.published)
    if category:
        page.say(f"• {category}")
    if not category or page.chance(0.5):
        page.say(f"• {told.source}")
    page.say(told.head, *told.said)
    page.told.append(told)


def lead(page: Page) -> None:
    """Say the page's own story, or what stands there instead."""
    kind = page.random.random()
    told = story(page)
    told = replace(told, source="", published="")
    if kind < 0.08:
        return
    page.say(told.head)
    if kind < 0.2:
        caption = (
            () if page.arabic else page.random.choice(((), ("Smoke over the quay",), ("More to follow…",)))
        )
        page.say(*caption)
        return
    page.say(*told.said)
    page.told.append(told)


def logo_lead(page: Page) -> None:
    told = story(page)
    if page.chance(0.1):
        return
    glued = page.chance(0.75)
    told = told if glued else replace(told, source="", published="")
    page.say(*[told.head] * (2 if page.twins else page.random.choice((1, 2, 2, 2))))
    joint = page.pick("", "", " ", " | ") if told.published.count("-") else page.pick("", "", " | ")
    page.say(*[told.source + joint + told.published] * glued)
    page.blank(1)
    if page.chance(0.1):
        page.say("Smoke over the quay")
        return
    page.say(*told.said)
    page.told.append(told)
    if page.chance(0.8):
        page.say("Orange background", "")


def plain_page(page: Page) -> None:
    page.blank(1)
    lead(page)
    furniture(page, 0)
    style = page.pick("", "", "", "no time", "glued", "no bullet")
    gaps = page.random.choice(((0,), (1,), (2,), (2,), (0, 1, 2)))
    for _ in range(page.random.randint(0, 5)):
        page.say(*[""] * page.random.choice(gaps))
        plain_item(page, story(page), style if page.chance(0.7) else "")


def logo_page(page: Page) -> None:
    page.say("logo")
    if page.chance(0.05):
        page.say("Home", "Sign in")
        page.twins = True
    logo_lead(page)
    furniture(page, page.random.choice((0, 1, 1)))
    style = page.pick("", "", "", "no time", "glued")
    for _ in range(page.random.randint(0, 5)):
        page.blank(2)
        logo_item(page, story(page), style, "")


def hashtag_page(page: Page) -> None:
    page.say("logo", "#", f"Latest news with #{page.pick('Ostmark', 'PortEllery')}")
    plain = page.chance(0.4)
    for _ in range(page.random.randint(1, 6)):
        page.blank(2)
        category = page.pick("Business", "General")
        if plain:
            told = story(page)
            page.say(told.source, told.published, f"- {category}")
            if page.chance(0.5):
                page.say(f"- {told.source}")
            page.say(told.head, *told.said)
            page.told.append(told)
        else:
            logo_item(page, story(page), "", category)


def index_page(page: Page) -> None:
    page.say(
        "logo",
        page.pick("Jette Marr", "Business"),
        page.pick("Latest stories by Jette Marr", "Latest in Business"),
    )
    twice, timed = page.chance(0.5), page.pick("below", "above", "glued", "never")
    for _ in range(page.random.randint(3, 9)):
        told = story(page)
        head = {"glued": [told.source + told.published], "never": []}.get(
            timed, [told.source, told.published]
        )
        titles = [told.title] * (1 + twice)
        page.blank(1)
        page.say(*(head + titles if timed == "above" else titles + head))


def cased(change: Callable[[str], str], told: Sequence[Told]) -> list[Told]:
    return [
        replace(
            one,
            title=change(one.title),
            body=tuple(map(change, one.body)),
            source=change(one.source),
            published=change(one.published),
            authors=tuple(map(change, one.authors)),
        )
        for one in told
    ]


def decorated(page: Page, line: str) -> str:
    kind = page.random.random()
    mark = page.pick("\u200b", "\u200e", "\u200f", "\ufeff")
    if kind < 0.2:
        return f"{line} "
    if kind < 0.4:
        return f"\t{line}\u00a0"
    if kind < 0.6 and line:
        return f"{mark}{line}"
    if kind < 0.8 and line:
        return f"{line}{mark} "
    return line


def made(seed: int) -> tuple[str, list[Told]]:
    """Make the page of a number, and the stories that are on it."""
    random = Random(seed)
    page = Page(random, random.random() < 0.25)
    shape = random.choice((plain_page, plain_page, logo_page, logo_page, hashtag_page, index_page))
    shape(page)
    dressed = any(one.said != list(one.body) or one.head != one.title for one in page.told)
    if not page.arabic and not dressed and page.chance(0.25):
        change = random.choice((str.lower, str.upper))
        page.lines, page.told = list(map(change, page.lines)), cased(change, page.told)
    if page.chance(0.2):
        page.lines = [decorated(page, line) for line in page.lines]
    return ("\ufeff" if page.chance(0.05) else "") + "\n".join(page.lines) + page.pick("", "\n"), page.told
