"""XML that says whose an utterance is: TEI, parliaments, Transcriber; hostile XML is refused."""

import pytest

from focus_analysis.errors import ReadError
from tests.io.making import said, times

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


def tei(body, header=""):
    return f"<TEI {TEI}><teiHeader>{header}</teiHeader><text>{body}</text></TEI>"


def test_utterances_of_tei_are_turns_and_notes_are_not(read):
    body = """<body><div><head>Sesja</head><note>Otwarcie</note>
      <u who="#m"><seg>Co <hi>słychać</hi>?</seg><incident><desc>śmiech</desc></incident></u>
      <u who="#r1"><seg>Bieda.</seg><note>oklaski</note>
         <seg>I wor<del>d</del>s.</seg></u>
      <u who="#r1">Żal.</u></div></body>"""
    assert said(read(tei(body), "w.xml")) == [("m", "Co słychać?"), ("r1", "Bieda. I words."), ("r1", "Żal.")]


def test_names_of_the_header_go_before_ids(read):
    person = (
        '<particDesc><listPerson><person xml:id="m"><persName><surname>Kowal</surname><forename>Jan</forename>'
        '</persName></person><person xml:id="r"><persName>R1</persName></person></listPerson></particDesc>'
    )
    draft = read(tei('<body><u who="#m">Co?</u><u who="#r">Nic.</u></body>', person), "w.xml")
    assert said(draft) == [("Jan Kowal", "Co?"), ("R1", "Nic.")]


def test_who_is_announced_in_a_note_gets_that_name_unless_two_share_it(read):
    notes = ["Marszałek", "Poseł Nowak", "Poseł Nowak"]
    turns = "".join(
        f'<note type="speaker">{note}:</note><u who="#p{place}">Tak.</u>' for place, note in enumerate(notes)
    )
    draft = read(tei(f"<body>{turns}</body>"), "w.xml")
    assert [speaker for speaker, _ in said(draft)] == ["Marszałek", "p1", "p2"]


def test_who_takes_the_chair_moderates_and_the_date_is_known(read):
    header = (
        '<profileDesc><settingDesc><setting><date when="2018-09-12">12 IX</date></setting></settingDesc></profileDesc>'
    )
    draft = read(tei('<body><u who="#a" ana="#chair">Co?</u><u who="#b">Nic.</u></body>', header), "w.xml")
    assert draft.header == {"moderator": "a", "date": "2018-09-12"}


def test_times_of_a_timeline_are_seconds(read):
    line = '<timeline unit="s"><when xml:id="T0"/><when xml:id="T1" interval="1.5" since="#T0"/></timeline>'
    draft = read(tei(f'{line}<body><u who="#a" start="#T1" end="#T9">Co?</u></body>'), "w.xml")
    assert times(draft) == [(1.5, None)]


def test_plays_and_words_marked_one_by_one_are_read(read):
    words = '<w>Nie</w> <w join="right">ma</w><pc>.</pc>\n<w>Nic</w>'
    body = f"<body><sp><speaker>ANNA.</speaker><p>Co?</p></sp><u who='R1'>{words}</u></body>"
    assert said(read(tei(body), "w.xml")) == [("ANNA", "Co?"), ("R1", "Nie ma. Nic")]


def test_an_interruption_parts_a_speech(read):
    speech = """<session><meta><no>3</no></meta><speech speaker="Marszałek Kos"><utt t="norm">Otwieram.</utt>
      <utt t="reaction">Oklaski</utt><utt t="interrupt" by="Poseł Wrona">Wreszcie!</utt>
      <utt t="norm">Proszę.</utt></speech></session>"""
    assert said(read(speech, "w.xml")) == [
        ("Marszałek Kos", "Otwieram."),
        ("Poseł Wrona", "Wreszcie!"),
        ("Marszałek Kos", "Proszę."),
    ]


TRS = """<?xml version="1.0" encoding="ISO-8859-2"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans><Speakers><Speaker id="spk1" name="Moderator"/><Speaker id="spk2" name="R1"/></Speakers>
<Episode><Section><Turn speaker="spk1" startTime="0.5" endTime="2"><Sync time="0.5"/>Co słychać?</Turn>
<Turn speaker="spk2" startTime="2" endTime="5"><Sync time="2"/>Bieda <Event desc="śmiech"/>jest,
<Sync time="3.5"/>i żal.</Turn>
<Turn speaker="spk2 spk1" startTime="5" endTime="6"><Sync time="5"/><Who nb="1"/>Tak.<Who nb="2"/>No, no.</Turn>
<Turn startTime="6" endTime="7"><Sync time="6"/>(muzyka)</Turn>
</Section></Episode></Trans>"""


def test_turns_of_transcriber_are_read_with_their_times_and_both_of_two_speakers(read):
    draft = read(TRS, "w.trs", encoding="iso8859-2")
    assert said(draft) == [
        ("Moderator", "Co słychać?"),
        ("R1", "Bieda jest, i żal. Tak."),
        ("Moderator", "No, no."),
        (None, "(muzyka)"),
    ]
    assert times(draft) == [(0.5, 2.0), (2.0, 6.0), (5.0, 6.0), (6.0, 7.0)]


@pytest.mark.parametrize("nb", ["0", "3", "-1", "x", ""])
def test_a_number_that_no_speaker_has_leaves_the_speaker(read, nb):
    assert said(read(TRS.replace('nb="2"', f'nb="{nb}"'), "w.trs", encoding="iso8859-2"))[1][0] == "R1"


@pytest.mark.parametrize("suffix", [".xml", ".trs", ".eaf", ".tei"])
def test_xml_that_names_no_speaker_is_refused(read, suffix):
    with pytest.raises(ReadError, match=r"\(gpx\) does not say who speaks"):
        read("<gpx><trk>Trasa</trk></gpx>", f"w{suffix}")


BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><TEI><u who="#a">&b;</u></TEI>'
OUTSIDE = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/hostname">]><TEI><u who="#a">Tak &a;</u></TEI>'


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_xml_that_declares_entities_is_refused(read, content):
    with pytest.raises(ReadError, match="declares entities"):
        read(content, "w.xml")


@pytest.mark.parametrize("content", ["<TEI><u who='a'>", "<a b=1/>", "zwykły tekst", "<a>&nieznana;</a>"])
def test_broken_xml_is_refused(read, content):
    with pytest.raises(ReadError, match="broken XML"):
        read(content, "w.xml")


def test_xml_nested_without_end_is_refused(read):
    with pytest.raises(ReadError):
        read("<TEI>" + "<div>" * 50_000 + "<u who='a'>b</u>" + "</div>" * 50_000 + "</TEI>", "w.xml")
