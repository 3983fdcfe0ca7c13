"""Full stops that end no sentence: behind abbreviations, initials, ordinal numbers."""

import re

DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES_FOLLOW = _words("""
    Mr Mrs Ms Mx Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Maj Col Lt Sgt Capt Cpl Pvt Adm Cmdr Cdr Rev
    Fr Hon Messrs Mme Mlle Supt Insp Det Amb Pres Brig Mt Ft Ste Dra Sra Srta vs v e.g i.e cf viz z.B d.h bzw ca
    Fa Abg Hr Dipl Ing Vgl vgl Sog sog rd inkl evtl ggf bspw EE Av Avda
""")
NUMBERS_FOLLOW = _words("""
    No Nos no nos nr Nr p pp vol vols Vol fig figs Fig ch Ch art Art sec Sec para pt Pt c approx est op Op
    tel Tel núm Núm pág Pág págs
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
""")
_MAY_END = _words("""
    St Sr Jr Inc Corp Ltd Co Cos Bros Ave Rd Blvd Esq Dept Univ Assn Ala Ariz Ark Calif Colo Conn Del Fla
    Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo
""")
_MAY_END_ABROAD = _words("Mio Mrd Tsd UU EE.UU usw etc")
_ARTICLES = _words("Der Die Das Ein Eine Er Sie Es Im Le La Les Il Elle Un Une El Los Las Una En")
_BEFORE_ORDINAL = _words("""
    am im der die das den dem des zum zur vom beim ein eine einen einem ihr ihre ihren ihrem sein seine seinen
    seinem
""")
_MONTHS_AND_DAYS = _words("""
    January February March April May June July August September October November December Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday Januar Februar März Mai Juni Juli Oktober Dezember
""")
_TIME_GOES_ON = _MONTHS_AND_DAYS | _words("ET EST EDT CT CST PT PST PDT GMT UTC BST CET IST Eastern Pacific")
STARTERS = _words("""
    The A An This That These Those He She It They We You I His Her Its Their Our My In On At By For From
    With Of To But And So Yet Or If As When While After Before Since Until Although Though However
    Meanwhile Then There Here What Who Why How Where Which Not No Yes Some Many Most All Both Each Every
    One Two Three Several Another Other Last Next Now Today Yesterday Earlier Later Also Even Still Just
    Once According Despite Because During Among Under Over Between Through Without Instead Nor Such More
    Only Few
""")


def is_ordinal(before: str, ahead: str) -> bool:
    """Whether the word before a full stop is a German ordinal number: `ahead` ends with an article."""
    words = ahead.split()
    return before.isdecimal() and len(before) < 3 and bool(words) and words[-1].lower() in _BEFORE_ORDINAL  # noqa: PLR2004 - the 31st


def full_stop_ends(before: str, following: str, *, at_start: bool, starts: bool) -> bool:
    """Whether the word before a full stop ends a sentence; `starts` says that the next word mostly begins one."""
    if not before or before in NAMES_FOLLOW:
        return not before
    if before in NUMBERS_FOLLOW:
        return not (following[:1].isdigit() or following in _MONTHS_AND_DAYS)
    if before.isdecimal():
        return not at_start and not (len(before) < 3 and following in _MONTHS_AND_DAYS)  # noqa: PLR2004 - a day
    if before.lower() in ("a.m", "p.m"):
        return following not in _TIME_GOES_ON
    if len(before) == 1 and before.isalpha():
        return starts and not at_start and before.isupper()
    if before in _MAY_END_ABROAD:
        starts = starts or following in _ARTICLES
    elif before not in _MAY_END and not DOTTED.fullmatch(before):
        starts = True
    return starts
