"""Times in six languages: a table of wordings for each, and what is none in any."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.dating.date_words import LANGUAGES, fold, language_table, phrases
from generator.ingest.dating.dates import parse_when, reads_as_when
from generator.model import DateFrom

CAPTURED = datetime(2025, 6, 3, 8, 15, tzinfo=UTC)
HOUR, DAY, WEEK = 3600, 86400, 604800

BACK = {
    "en": [
        ("3 hrs. ago", 10800),
        ("1d ago", 86400),
        ("5 minute(s) ago", 300),
        ("1 sec ago", 1),
        ("45 seconds ago", 45),
        ("5 mins ago", 300),
        ("5 min. ago", 300),
        ("1 hour 20 minutes ago", 4800),
        ("1 hr 20 min ago", 4800),
        ("2 hours and 5 minutes ago", 7500),
        ("half an hour ago", 1800),
        ("Less than a minute ago", 60),
        ("2d ago", 2 * DAY),
        ("1w ago", WEEK),
        ("1 week ago", WEEK),
        ("today at 7:15", HOUR),
        ("Today, 07:15", HOUR),
        ("Yesterday at 8:15 AM", DAY),
        ("08:15 yesterday", DAY),
        ("Moments ago", 0),
        ("a few minutes ago", 180),
        ("9  minutes ago", 540),
        ("9 minutes ago.", 540),
    ],
    "de": [
        ("vor 1 Tag", 86400),
        ("vor 3 Std.", 10800),
        ("vor 1 Sekunde", 1),
        ("vor 30 Sekunden", 30),
        ("vor einer Minute", 60),
        ("vor 1 Min.", 60),
        ("vor 5 Min", 300),
        ("vor 2 Std.", 2 * HOUR),
        ("vor 2 Stunden", 2 * HOUR),
        ("vor einer halben Stunde", 1800),
        ("vor einer Woche", WEEK),
        ("vor wenigen Minuten", 180),
        ("vor ein paar Sekunden", 3),
        ("vor etwa 2 Stunden", 2 * HOUR),
        ("vor 1 Std. 5 Min.", 3900),
        ("vor 1 Stunde und 5 Minuten", 3900),
        ("heute um 07:15 Uhr", HOUR),
        ("Heute, 7.15 Uhr", HOUR),
        ("gestern um 8 Uhr", 87300),
        ("vorgestern", 2 * DAY),
        ("gerade eben", 0),
    ],
    "fr": [
        ("Il y a 5 heure(s)", 18000),
        ("il y a 3 minutes environ", 180),
        ("il y a 1 seconde", 1),
        ("il y a 30 secondes", 30),
        ("il y a une minute", 60),
        ("il y a 5 min", 300),
        ("il y a 2 h", 2 * HOUR),
        ("il y a 2h", 2 * HOUR),
        ("il y a 1 heure", HOUR),
        ("il y a environ 2 heures", 2 * HOUR),
        ("il y a un jour", DAY),
        ("il y a 3 j", 3 * DAY),
        ("il y a une semaine", WEEK),
        ("il y a quelques minutes", 180),
        ("il y a une demi-heure", 1800),
        ("il y a 1 h 20 min", 4800),
        ("aujourd'hui à 07h15", HOUR),
        ("Aujourd’hui à 7h15", HOUR),
        ("hier, 08:15", DAY),
        ("avant-hier", 2 * DAY),
        ("à l'instant", 0),
        ("Il y a moins d'une minute", 60),
    ],
    "es": [
        ("Hace 1 día(s)", 86400),
        ("5 minutos atrás", 300),
        ("hace 1 segundo", 1),
        ("hace 30 segundos", 30),
        ("hace un minuto", 60),
        ("hace 5 min", 300),
        ("hace 5 mins.", 300),
        ("hace 2 h", 2 * HOUR),
        ("hace unas 2 horas", 2 * HOUR),
        ("hace un día", DAY),
        ("hace 3 días", 3 * DAY),
        ("hace una semana", WEEK),
        ("hace unos minutos", 180),
        ("hace media hora", 1800),
        ("Hace más de 2 horas", 2 * HOUR),
        ("hace 1 hora y 20 minutos", 4800),
        ("hoy a las 7:15", HOUR),
        ("Hoy, 07:15 h", HOUR),
        ("ayer, 08:15", DAY),
        ("anteayer", 2 * DAY),
        ("ahora mismo", 0),
        ("hace instantes", 0),
    ],
    "ar": [
        ("منذ 5 د", 300),
        ("منذ ساعة و 5 دقائق", 3900),
        ("4 دقائق مضت", 240),
        ("منذ ثانية", 0),
        ("منذ 30 ثانية", 30),
        ("منذ ثانيتين", 2),
        ("منذ دقيقة واحدة", 60),
        ("منذ 11 دقيقة", 660),
        ("منذ 3 دقائق", 180),
        ("منذ ساعة واحدة", HOUR),
        ("قبل ساعتين", 2 * HOUR),
        ("منذ 3 ساعات", 3 * HOUR),
        ("منذ ١٢ ساعة", 12 * HOUR),
        ("منذ يومين", 2 * DAY),
        ("قبل يوم", DAY),
        ("منذ 3 أيام", 3 * DAY),
        ("منذ 15 يوما", 15 * DAY),
        ("منذ 15 يومًا", 15 * DAY),
        ("منذ أسبوع", WEEK),
        ("منذ أسبوعين", 2 * WEEK),
        ("منذ 3 أسابيع", 3 * WEEK),
        ("قبل نصف ساعة", 1800),
        ("منذ حوالي ساعتين", 2 * HOUR),
        ("منذ قليل", 0),
        ("قبل لحظات", 0),
        ("اليوم الساعة 07:15", HOUR),
        ("أمس الساعة 08:15", DAY),
        ("امس 08:15", DAY),
        ("اليوم، 7:15 ص", HOUR),
        ("منذ ۵ دقائق", 300),
        ("\u200fمنذ 5 دقائق\u200f", 300),
        ("أول أمس", 2 * DAY),
    ],
    "ja": [
        ("30秒前", 30),
        ("5分前", 300),
        ("５分前", 300),
        ("1時間前", HOUR),
        ("1 時間前", HOUR),
        ("3日前", 3 * DAY),
        ("1週間前", WEEK),
        ("約2時間前", 2 * HOUR),
        ("2時間ほど前", 2 * HOUR),
        ("1時間20分前", 4800),
        ("数分前", 180),
        ("たった今", 0),
        ("今日 7:15", HOUR),
        ("昨日 8:15", DAY),
        ("昨日8時15分", DAY),
        ("一昨日", 2 * DAY),
        ("きのう", DAY),
    ],
}
"""Wordings, and how many seconds they lie back."""

CALENDAR = {
    "en": [
        ("2 months ago", "2025-04-03T08:15"),
        ("1 year and 2 months ago", "2024-04-03T08:15"),
    ],
    "de": [
        ("vor einem Monat", "2025-05-03T08:15"),
        ("vor 2 Monaten", "2025-04-03T08:15"),
        ("vor einem Jahr", "2024-06-03T08:15"),
        ("vor 3 Jahren", "2022-06-03T08:15"),
    ],
    "fr": [
        ("il y a un mois", "2025-05-03T08:15"),
        ("il y a un an", "2024-06-03T08:15"),
        ("il y a 2 ans", "2023-06-03T08:15"),
    ],
    "es": [
        ("hace un mes", "2025-05-03T08:15"),
        ("hace 2 meses", "2025-04-03T08:15"),
        ("hace un año", "2024-06-03T08:15"),
    ],
    "ar": [
        ("منذ شهر", "2025-05-03T08:15"),
        ("منذ شهرين", "2025-04-03T08:15"),
        ("منذ 3 أشهر", "2025-03-03T08:15"),
        ("منذ سنة", "2024-06-03T08:15"),
        ("منذ عامين", "2023-06-03T08:15"),
        ("منذ 3 سنوات", "2022-06-03T08:15"),
    ],
    "ja": [
        ("1か月前", "2025-05-03T08:15"),
        ("2ヶ月前", "2025-04-03T08:15"),
        ("3カ月前", "2025-03-03T08:15"),
        ("1年前", "2024-06-03T08:15"),
    ],
}
"""Months and years ago."""

ABSOLUTE = {
    "en": [
        ("November 18, 2024 -- 19:14 GMT (19:14 GMT)", "2024-11-18T19:14:00"),
        ("1909 GMT (0309 HKT) November 18, 2024", "2024-11-18T19:09:00"),
        ("18 November 2024, 1909 GMT", "2024-11-18T19:09:00"),
        ("11:11 PM EST Nov 19, 2024", "2024-11-19T23:11:00-05:00"),
        ("| Nov. 18th 2024 12:12 pm PT", "2024-11-18T12:12:00-08:00"),
        ("02 June 2025 10:15 (GMT+02:00)", "2025-06-02T10:15:00+02:00"),
        ("2025-06-02T10:15:00.000+0000", "2025-06-02T10:15:00"),
        ("2025-06-02T10:15Z", "2025-06-02T10:15:00"),
        ("2025-06-02T10:15:00+00:00", "2025-06-02T10:15:00"),
        ("2025-06-02T10:15:00+0000", "2025-06-02T10:15:00"),
        ("2025-06-02T10:15:00+02", "2025-06-02T10:15:00+02:00"),
        ("2025-06-02T10:15:00.123456Z", "2025-06-02T10:15:00"),
        ("2025-06-02T10:15:00,123Z", "2025-06-02T10:15:00"),
        ("2025-06-02 10:15:00 +0000", "2025-06-02T10:15:00"),
        ("2025-06-02 10:15:00 UTC", "2025-06-02T10:15:00"),
        ("20250602T101500Z", "2025-06-02T10:15:00"),
        ("20250602T1015+0200", "2025-06-02T10:15:00+02:00"),
        ("2025-06-02T10:15:00-05:00", "2025-06-02T10:15:00-05:00"),
        ("2025-06-02t10:15:00z", "2025-06-02T10:15:00"),
        ("Mon, 02 Jun 2025 10:15:00 +0000", "2025-06-02T10:15:00"),
        ("Mon, 02 Jun 2025 10:15:00 GMT", "2025-06-02T10:15:00"),
        ("Mon, 2 Jun 2025 10:15:00 EDT", "2025-06-02T10:15:00-04:00"),
        ("02 Jun 2025 10:15 +0530", "2025-06-02T10:15:00+05:30"),
        ("Mon Jun  2 10:15:00 2025", "2025-06-02T10:15:00"),
        ("Mon Jun 02 10:15:00 +0000 2025", "2025-06-02T10:15:00"),
        ("Mon Jun 2 10:15:00 UTC 2025", "2025-06-02T10:15:00"),
        ("2025/06/02", "2025-06-02"),
        ("2025.06.02 10:15", "2025-06-02T10:15:00"),
        ("2/6/2025", "2025-06-02"),
        ("2-Jun-2025", "2025-06-02"),
        ("2025-Jun-02", "2025-06-02"),
        ("June 2nd, 2025", "2025-06-02"),
        ("Jun 2, 2025, 10:15 AM EST", "2025-06-02T10:15:00-05:00"),
        ("June 2, 2025 | 10:15am", "2025-06-02T10:15:00"),
        ("June 2, 2025 - 10:15 a.m. ET", "2025-06-02T10:15:00-04:00"),
        ("10:15 AM, June 2, 2025", "2025-06-02T10:15:00"),
        ("10:15 - 2 June 2025", "2025-06-02T10:15:00"),
        ("10:15 BST 02/06/2025", "2025-06-02T10:15:00+01:00"),
        ("Monday 2 June 2025 at 10:15", "2025-06-02T10:15:00"),
        ("2 June 2025 • 10:15am", "2025-06-02T10:15:00"),
        ("Sept. 2, 2024", "2024-09-02"),
        ("June 2, 10:15 AM", "2025-06-02T10:15:00"),
        ("2 Jun, 10:15 UTC", "2025-06-02T10:15:00"),
        ("December 30, 10:15 AM", "2024-12-30T10:15:00"),
        ("2 June 2025", "2025-06-02"),
        ("June 2, 2025", "2025-06-02"),
        ("Jun. 2, 2025 at 2:10 p.m.", "2025-06-02T14:10:00"),
        ("Monday, June 2, 2025 12am", "2025-06-02"),
        ("Mon 2 Jun 2025 10.15 BST", "2025-06-02T10:15:00+01:00"),
        ("10.15 BST, Mon 2 Jun 2025", "2025-06-02T10:15:00+01:00"),
        ("2 June 2025 10:15 ET", "2025-06-02T10:15:00-04:00"),
        ("2nd of June 2025", "2025-06-02"),
        ("23-04-2025", "2025-04-23"),
        ("02.06.2025", "2025-06-02"),
        ("02/06/2025", "2025-06-02"),
        ("2025-06-02", "2025-06-02"),
        ("2025-06-02T10:15:00Z", "2025-06-02T10:15:00"),
        ("2025-06-02T10:15:00.250+0200", "2025-06-02T10:15:00+02:00"),
        ("2025-06-02 10:15:00", "2025-06-02T10:15:00"),
    ],
    "de": [
        ("02.06.2025-14:30", "2025-06-02T14:30:00"),
        ("02. Juni 2025 14:30 Uhr MESZ", "2025-06-02T14:30:00+02:00"),
        ("Di., 03.06.2025 / 07:05", "2025-06-03T07:05:00"),
        ("2. Juni 2025", "2025-06-02"),
        ("2. Juni 2025 um 14:30 Uhr", "2025-06-02T14:30:00"),
        ("02.06.2025, 14:30", "2025-06-02T14:30:00"),
        ("02.06.2025 | 14:30", "2025-06-02T14:30:00"),
        ("02.06.25, 14:30 Uhr", "2025-06-02T14:30:00"),
        ("Mo, 2. Jun 2025", "2025-06-02"),
        ("Montag, den 2. Juni 2025", "2025-06-02"),
        ("am 2. Juni 2025", "2025-06-02"),
        ("14:30 Uhr, 2. Juni 2025", "2025-06-02T14:30:00"),
        ("2. Juni 2025, 14:30 MESZ", "2025-06-02T14:30:00+02:00"),
        ("1. Mai 2025", "2025-05-01"),
        ("3. Dez. 2024", "2024-12-03"),
        ("2.6.2025", "2025-06-02"),
        ("2. Juni, 14:30 Uhr", "2025-06-02T14:30:00"),
        ("2. Juni 2025, 14:30 Uhr", "2025-06-02T14:30:00"),
        ("Montag, 2. Juni 2025", "2025-06-02"),
        ("02.06.2025 - 14:30 Uhr", "2025-06-02T14:30:00"),
        ("2. März 2025", "2025-03-02"),
        ("Mo., 02.06.2025, 14.30 Uhr", "2025-06-02T14:30:00"),
        ("2. Juni 2025 um 14 Uhr", "2025-06-02T14:00:00"),
    ],
    "fr": [
        ("02 juin 2025 à 14h30 (heure de Paris)", "2025-06-02T14:30:00+02:00"),
        ("2 juin 2025", "2025-06-02"),
        ("le 02/06/2025 à 14h30", "2025-06-02T14:30:00"),
        ("lundi 2 juin 2025 à 14:30", "2025-06-02T14:30:00"),
        ("02 juin 2025, 14 h 30", "2025-06-02T14:30:00"),
        ("le 1er juin 2025 à 9h", "2025-06-01T09:00:00"),
        ("2 juin à 14h30", "2025-06-02T14:30:00"),
        ("15 déc. 2024", "2024-12-15"),
        ("02/06/25 à 14h30", "2025-06-02T14:30:00"),
        ("2 juin 2025 - 14h30", "2025-06-02T14:30:00"),
        ("2 juin 2025 à 14h30", "2025-06-02T14:30:00"),
        ("1er juin 2025", "2025-06-01"),
        ("lundi 2 juin 2025", "2025-06-02"),
        ("2 août 2024", "2024-08-02"),
        ("02/06/2025 à 14:30", "2025-06-02T14:30:00"),
        ("le 2 juin 2025 à 14 h 30", "2025-06-02T14:30:00"),
        ("2 févr. 2025", "2025-02-02"),
    ],
    "es": [
        ("2 de Junio de 2025 · 14:30 hs", "2025-06-02T14:30:00"),
        ("2 de junio de 2025", "2025-06-02"),
        ("2 junio 2025", "2025-06-02"),
        ("lunes 2 de junio de 2025 a las 14:30", "2025-06-02T14:30:00"),
        ("02/06/2025 14:30h", "2025-06-02T14:30:00"),
        ("02 JUN 2025 14:30", "2025-06-02T14:30:00"),
        ("2 de junio, 2025", "2025-06-02"),
        ("junio 2, 2025", "2025-06-02"),
        ("2 de junio de 2025, 2:30 p. m.", "2025-06-02T14:30:00"),
        ("1º de junio de 2025", "2025-06-01"),
        ("14:30 | 2 jun 2025", "2025-06-02T14:30:00"),
        ("2 de junio de 2025, 14:30", "2025-06-02T14:30:00"),
        ("lunes, 2 de junio de 2025", "2025-06-02"),
        ("02 jun 2025 - 14:30 CEST", "2025-06-02T14:30:00+02:00"),
        ("2 de junio del 2025 a las 14:30 h", "2025-06-02T14:30:00"),
    ],
    "ar": [
        ("الإثنين 02/يونيو/2025 - 02:30 م", "2025-06-02T14:30:00"),
        ("2025-06-02 الساعة 02:30 م (توقيت غرينتش)", "2025-06-02T14:30:00"),
        ("2 يونيو 2025", "2025-06-02"),
        ("الاثنين، 2 يونيو 2025", "2025-06-02"),
        ("الاثنين ٢ حزيران ٢٠٢٥", "2025-06-02"),
        ("2 يونيو/حزيران 2025", "2025-06-02"),
        ("2 حزيران/يونيو 2025", "2025-06-02"),
        ("2025/6/2", "2025-06-02"),
        ("٢/٦/٢٠٢٥", "2025-06-02"),
        ("2 يونيو 2025 الساعة 14:30", "2025-06-02T14:30:00"),
        ("2 يونيو 2025 2:30 م", "2025-06-02T14:30:00"),
        ("02:30 مساءً - 2 يونيو 2025", "2025-06-02T14:30:00"),
        ("2 يونيو 2025, 14:30 بتوقيت غرينتش", "2025-06-02T14:30:00"),
        ("2 جانفي 2025", "2025-01-02"),
        ("2 غشت 2024", "2024-08-02"),
        ("2 كانون الأول 2024", "2024-12-02"),
        ("2 كانون الثاني 2025", "2025-01-02"),
        ("2 آذار 2025", "2025-03-02"),
        ("۲۰۲۵-۰۶-۰۲", "2025-06-02"),
        ("2025-06-02 | 14:30", "2025-06-02T14:30:00"),
        ("2 أبريل 2025", "2025-04-02"),
        ("٢ يونيو ٢٠٢٥", "2025-06-02"),
        ("٢٣-٠٤-٢٠٢٥", "2025-04-23"),
        ("2 حزيران 2025", "2025-06-02"),
        ("2 جوان 2025", "2025-06-02"),
        ("الإثنين 2 يونيو 2025 - 14:30", "2025-06-02T14:30:00"),
        ("2 تشرين الأول 2024", "2024-10-02"),
    ],
    "ja": [
        ("6/2(月) 14:30", "2025-06-02T14:30:00"),
        ("[2025/6/2 14:30]", "2025-06-02T14:30:00"),
        ("2025年06月02日", "2025-06-02"),
        ("２０２５年６月２日", "2025-06-02"),
        ("2025年6月2日(月)", "2025-06-02"),
        ("2025年6月2日 月曜日", "2025-06-02"),
        ("2025年6月2日 午前9時05分", "2025-06-02T09:05:00"),
        ("2025/6/2 14:30", "2025-06-02T14:30:00"),
        ("2025/06/02（月） 14:30", "2025-06-02T14:30:00"),
        ("2025年6月2日14時30分05秒", "2025-06-02T14:30:05"),
        ("6月2日 14時30分", "2025-06-02T14:30:00"),
        ("6月2日(月) 14:30", "2025-06-02T14:30:00"),
        ("令和7年6月2日", "2025-06-02"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("2025年6月2日 14:30 JST", "2025-06-02T14:30:00+09:00"),
        ("2025.6.2", "2025-06-02"),
        ("2025年6月2日 14時30分", "2025-06-02T14:30:00"),
        ("2025年6月2日（月）14:30", "2025-06-02T14:30:00"),
        ("2025年6月2日", "2025-06-02"),
        ("2025年6月2日 午後2時30分", "2025-06-02T14:30:00"),
    ],
}
"""Dates: midnight where there is no time of day, UTC where there is no zone."""

NEITHER = {
    "en": """
        Today | May | 12 | The Day Before | Now | March | August | Second | Sunday Times | The Independent
        9 News | 7 Days | Channel 4 | USA Today | The Week | Week in review | Last week | A day in June
        May Day | 10 Downing Street | 5 minutes ago he left | in 5 minutes | 5 min read | Two years later
        Years ago | A year in pictures | 24 hours | The 9 o'clock news | 1984 | 2025 | June 2025 | 2 June
        June 2 | 12:30 | 2:30 pm | 3-2 | 10-12 | 1,234 | 20.5 | Storm hits coast on 2 June 2025
        2 June 2025 was a Monday | Monday | Mon | Sat | Friday at 5 | Page 3 | Q2 2025
        Over 100 days ago the war began | Boeing 737 | 911 | 7/7 | 9/11 | 1 of 6 | 20250602 | 2025060210
        Live at 5 | Hours later, the bridge fell. | Minutes | An hour | a | an | ago | May 5 | Best of 2025
        Summer 2025 | Mar. | Sun | Sept 11 | Day 100 | Day 2 | 60 Minutes | 48 Hours | The Hour
        The Second Day | Sat 5 | 5th of November""",
    "de": """
        Heute | Die Zeit | Der Tag | Die Woche | Montag | Mai | Jetzt | Hier | 20 Minuten | 24 Stunden | Uhr
        14 Uhr | 20 Uhr | Vor Jahren | Vor Ort | vor | Seite 2 | Der 2. Juni | 2. Juni | 17. Juni | Tag 5
        Heute Journal | So | Am Montag | 5 Minuten | Sonntag aktuell | Vor 5 Jahren begann der Krieg
        Vor einem Jahr war das anders | 1. Liga | Gestern und heute | Mitte Juni 2025 | Die letzte Stunde
        Vor der Wahl | 2. Bundesliga | 1:0 | 3. Oktober""",
    "fr": """
        Aujourd'hui | Le Monde | Le Jour | La Semaine | Dimanche | Hier | Maintenant | Samedi soir
        20 Minutes | Mai 68 | 24 heures | L'Heure | Mardi | Il y a | il y a du monde | Un an après
        14 juillet | 1er mai | 11 septembre | Il y a 5 ans, la guerre commençait | En 2025 | Juin 2025
        Un jour | 2 ans | 13 h | Le 13 heures | Le 2 juin""",
    "es": """
        Hoy | El Mundo | El Día | La Hora | Ahora | Domingo | Cinco Días | Mayo | 20 minutos | 24 horas
        La Tercera | hace | hace frío | Hace 5 años empezó la guerra | En 2025 | Junio de 2025 | Un día
        El 2 de junio | 2 de mayo | 23-F | 11-M | 15 de mayo | Las 12 | A las 12 | El año | 3 años | Noche
        Martes y trece | Dos semanas""",
    "ar": """
        اليوم | الآن | اليوم السابع | الشرق الأوسط | الجزيرة | منذ | قبل | يوم | ساعة | دقيقة | الساعة
        مايو | الأحد | قبل يوم من الانتخابات | منذ عام والحرب مستمرة | 24 ساعة | في 2025 | يونيو 2025
        2 يونيو | يوم الجمعة | عام 2025 | منذ 5 دقائق قال الوزير | بعد ساعتين | صباح الخير | مساء | س | د
        أخبار اليوم | المساء | الأسبوع | الصباح""",
    "ja": """
        今日 | 今 | 日 | 月 | 前 | 時 | 分 | 年 | 朝日新聞 | 毎日新聞 | 日刊ゲンダイ | 今日のニュース
        2025年 | 2025年6月 | 6月2日 | 2日 | 14時30分 | 24時間 | 3日間 | 午後 | 月曜日 | 一日 | 前日 | 数日
        5分 | 1時間 | 日本時間 | 2025年6月2日に開通した | 3年前の事故 | 昨日の雨 | 令和 | 令和7年""",
}
"""Titles, sources, headings and sentences that are no time."""


def of(table: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    return list(chain.from_iterable(table.values()))


@pytest.mark.parametrize(("text", "seconds"), list(chain.from_iterable(BACK.values())))
def test_a_distance_counts_back_from_the_capture(text: str, seconds: int) -> None:
    assert reads_as_when(text)
    assert parse_when(text, CAPTURED) == (CAPTURED - timedelta(seconds=seconds), DateFrom.RELATIVE)


@pytest.mark.parametrize(("text", "moment"), of(CALENDAR))
def test_months_and_years_keep_to_the_calendar(text: str, moment: str) -> None:
    assert reads_as_when(text)
    assert parse_when(text, CAPTURED) == (datetime.fromisoformat(f"{moment}+00:00"), DateFrom.RELATIVE)


@pytest.mark.parametrize(("text", "moment"), of(ABSOLUTE))
def test_a_date_is_read(text: str, moment: str) -> None:
    expected = datetime.fromisoformat(moment)

    assert reads_as_when(text)
    assert parse_when(text, CAPTURED) == (
        expected if expected.tzinfo else expected.replace(tzinfo=UTC),
        DateFrom.PAGE,
    )


@pytest.mark.parametrize(
    "text",
    [
        " ".join(text.split())
        for listed in NEITHER.values()
        for text in listed.replace("\n", "|").split("|")
        if text.strip()
    ],
)
def test_titles_sources_and_sentences_are_no_times(text: str) -> None:
    assert not reads_as_when(text)


@pytest.mark.parametrize(
    ("text", "days"), [("Today", 0), ("Heute", 0), ("hier", 1), ("اليوم", 0), ("今日", 0), ("Hoy", 0)]
)
def test_a_day_by_name_is_a_time_where_the_page_says_that_it_is_one(text: str, days: int) -> None:
    assert parse_when(text, CAPTURED) == (CAPTURED - timedelta(days=days), DateFrom.RELATIVE)


def test_no_word_means_two_numbers() -> None:
    known: dict[tuple[str, str], str] = {}
    for code in LANGUAGES:
        table = language_table(code)
        months = {str(number): names for number, names in enumerate(table["months"], 1)}
        for kind, listed in (
            ("month", months),
            *((kind, table.get(kind, {})) for kind in ("days", "units", "zones")),
        ):
            for value, names in listed.items():
                for name in phrases(names):
                    assert known.setdefault((kind, fold(name)), value) == value, f"{code}: {name}"


@given(st.text(alphabet="0123456789-/.:, ٠٢٥年月日時TZ+a", max_size=80) | st.text(max_size=90))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    found = None
    try:
        found = parse_when(text, CAPTURED)
    except ValueError as error:
        refused = str(error)
        assert refused.endswith((" in the calendar", " of day", " of news"))
    assert found is None or found[0] <= CAPTURED
