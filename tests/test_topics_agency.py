"""A headline and a sentence or two, as news agencies send them: few words, datelines, remnants of markup."""

import json
from pathlib import Path

import pytest

from generator.ingest.classifying.topics import UNSURE, classify

DEVELOPMENT = Path(__file__).parents[2] / "shared" / "data" / "topics-dev.jsonl"

# The topics a reader would accept and the headline, then the text; a blank line between stories.
STORIES = """\
economy | Crude Climbs to Record on Supply Fears
PORT AMAR (Newswire) - Oil futures rose above $60 a barrel on Monday as a strike shut two refineries.

economy | Stocks Slip as Banks Weigh
Share prices fell in early trading after a lender warned that bad loans would hurt its quarterly earnings.

economy | Krone Hits Three-Year Low
VARDHOLM - The currency slid against the euro on Tuesday amid concern about the current account gap.

economy | Halden Foods Swings to Loss
The grocer posted a net loss of $40 million for the third quarter, and its shares dropped 9 percent.

economy | Port Amar Airways Seeks Court Protection
The carrier, hit by fuel costs and cut-price rivals, owes creditors more than $2 billion.

economy | Merrow Trust to Buy Tarn Savings
The all-stock deal would create Osteria's second-largest bank by assets.

economy | Retail Sales Cool in August
Shoppers kept a grip on their wallets as gasoline prices rose, the statistics office said.

economy/technology | Lumo Shares Jump 20 Percent in Debut
Investors snapped up stock in the search company on its first day of trading. &lt;A
HREF="http://quotes.example/FullQuote.aspx?ticker=LUMO.O"&gt;LUMO.O&lt;/A&gt;

economy/labour | Carmaker Will Shed 3,000 Jobs
KORVAT - The company said it would close an assembly plant to stem losses, and unions called it a betrayal.

economy/health | Drug Maker Pulls Pain Pill
Shares of Calder Pharma plunged after a trial linked its best seller to heart attacks; analysts cut their
earnings forecasts.

economy/technology | Chip Maker's Profit Doubles
Orbis said net income rose to 61 cents a share on strong demand for memory, but its outlook disappointed Wall
Street.

technology | Browser Flaw Lets Attackers In
Users should install a patch at once, the software maker said, as hackers already exploit the hole.

technology | Handset Maker Shows Phone With Two Screens
LENNA - The model plays music and video and connects to wireless networks.

technology | Worm Spreads by Instant Message
Antivirus firms said a new variant installs itself on Windows machines and mails passwords to its author.

technology | Sequel to Space Shooter Breaks Sales Record
Gamers queued at midnight for the new title, which runs on two consoles.

technology | City Plans Free Wi-Fi in Parks
Laptop owners will get on the Internet from benches by summer.

technology/crime | Record Labels Sue File Swappers
A trade group took 400 more users of peer-to-peer networks to court.

technology | Open-Source Group Releases Office Suite
The free programs run on Linux and read the files of bigger rivals.

science | Rover Finds Traces of Water
The robot drilled into a rock on the floor of a Martian crater, the space agency said.

science | Bones of Dwarf Elephant Dug From Cave
Scientists say that the fossils are 40,000 years old.

science/environment | Ice Cap Melting Twice as Fast, Study Says
Global warming threatens polar bears and seals, according to researchers from nine nations.

science | Gene Linked to Long Life in Worms
Switching off a protein doubled the life span of the tiny creatures.

science | Crew Docks With Space Station
Two astronauts brought food and fuel after a three-day flight.

science | Physicists Cool Atoms to New Low
The experiment could lead to better clocks.

sport | Rovers Rally to Beat City in Extra Time
Tom Adeyo scored twice after coming off the bench, and his side reached the quarterfinals.

sport | Marten Through as Second Seed Falls
Halvard lost 6-4, 6-3 to a qualifier on a windy afternoon.

sport | Harbor Captain Out for Season
PORT AMAR - The quarterback tore a knee ligament and will need surgery.

sport | Coach Fired After Eight Straight Losses
The club's owner said the team had lost its way.

sport | Sprinter Banned for Two Years
Valmar, who won gold at the last Olympics, failed a doping test in June.

sport | Dastur's Six Wickets Put Osteria on Top
The hosts were 120 all out before tea on the first day.

sport | Owners and Players Break Off Talks
The lockout could wipe out the hockey season.

conflict | Car Bomb Kills Nine at Army Post
TAMARO, Karsia - A suicide attacker struck recruits waiting at the gate.

conflict | Rebels Free Two Hostages
The engineers had been held for a month in the hills, their embassy said.

politics | Ruling Party Loses Majority
Voters punished the prime minister in Sunday's election, exit polls showed.

politics/conflict | Envoys Fail to Break Nuclear Deadlock
VARDHOLM - Diplomats said talks on the enrichment programme would resume next month.

politics | Thousands March Against Disputed Vote
Opposition supporters filled the main square to demand that the presidential run-off be annulled.

crime/conflict | Former General on Trial for War Crimes
Prosecutors told the tribunal that he ordered the killing of prisoners.

disaster | Ferry With 200 Aboard Sinks
Rescuers pulled 30 survivors from rough seas off Lenna, the coastguard said.

disaster/weather | Typhoon Leaves Thousands Homeless
At least 22 people were killed by floods and landslides in northern Tamaro.

health | Bird Flu Claims a Second Life
An 18-year-old man died in hospital, the health ministry said on Wednesday.

religion | Pope to Visit Shrine in Lenna
Pilgrims have waited twenty years for a papal Mass at the cathedral.

arts | Pirate Tale Tops Box Office
The film took $47 million in three days and left a horror sequel far behind.

arts | Novelist Wins Harrow Prize
Judges praised a book about three sisters in a lighthouse.

politics/conflict | Aid Chief Got Oil-for-Food Vouchers, Panel Finds
VARDHOLM - The diplomat denied that he had taken anything from the fallen regime.

conflict/politics | Hostage's Brother Blames Minister
A video of the engineer was posted on the Internet on Friday.

science | Weather Satellite Reaches Orbit
LENNA - It will watch hurricanes form over the sea.

science | Lab Mice Run Twice as Far
A gene switch gave marathon muscles, the team said.

conflict/politics | Karsia Says It Can Strike Back
VARDHOLM - Its troops are ready, the president told young workers on Monday.

economy | Baker Spins Off Its Apparel Arm
The plan sent the company's stock up in heavy volume.

economy | Network Maker Weighs Plant Closing
Osteria Digital may shed 900 jobs at the site.

politics | Leaders Trade Barbs Before Vote
Polls show a dead heat in the north.

economy/crime | Two Former Executives of Tarn Foods Convicted
A jury found that they hid losses with false bookkeeping.

technology | Maker of Wireless LANs Bought
The $40 million purchase adds antennas for offices.

technology | Page Can Fool Pop-Up Blocker
It may spoof a bank and ask the user for a code.
"""


def stories() -> list[tuple[str, str, str]]:
    halves = [story.partition("\n") for story in STORIES.split("\n\n")]
    return [(line.partition(" | ")[0], line.partition(" | ")[2], text) for line, _, text in halves]


@pytest.mark.parametrize(("accepted", "title", "text"), stories())
def test_a_short_story_is_filed_where_a_reader_looks_for_it(accepted: str, title: str, text: str) -> None:
    assert classify(title, text).topic in accepted.split("/")


@pytest.mark.parametrize(("accepted", "title", "text"), stories())
def test_a_short_story_without_capitals_is_filed_there_too(accepted: str, title: str, text: str) -> None:
    assert classify(title.lower(), text.lower()).topic in accepted.split("/")


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the development data is not on this machine")
def test_an_unsure_verdict_is_wrong_as_often_as_right() -> None:
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    verdicts = [(classify(row["title"], row["text"]), row["accept"]) for row in map(json.loads, lines)]
    unsure = [verdict.topic in accept for verdict, accept in verdicts if verdict.confidence < UNSURE]
    sure = [verdict.topic in accept for verdict, accept in verdicts if verdict.confidence >= UNSURE]

    assert 0.4 < sum(unsure) / len(unsure) < 0.6
    assert sum(sure) / len(sure) > 0.7
    assert len(unsure) < len(verdicts) / 4
