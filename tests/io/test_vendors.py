"""Speech recognisers' json: the same talk in every shape reads to the same turns and times."""

import json

import pytest

from focus_analysis.errors import ReadError
from tests.io.making import said, times

WORDS = [("A", "Co", 0.5, 1.0), ("A", "słychać", 1.0, 1.5), ("B", "Bieda", 2.0, 2.5), ("A", "Tak", 3.0, 3.5)]
STOPS = {"słychać": "?", "Bieda": ".", "Tak": "?"}
SPANS = [("A", 0.4, 1.8), ("B", 1.9, 2.8), ("A", 2.9, 4.0)]
TALK = [("A", "Co słychać?"), ("B", "Bieda."), ("A", "Tak?")]
TIMES = [(0.5, 1.5), (2.0, 2.5), (3.0, 3.5)]


def full(word):
    return word + STOPS.get(word, "")


def amazon():
    items = []
    for _, word, start, end in WORDS:
        items.append({"type": "pronunciation", "start_time": str(start), "end_time": str(end)})
        items[-1]["alternatives"] = [{"content": word, "confidence": "0.9"}]
        if word in STOPS:
            items.append({"type": "punctuation", "alternatives": [{"content": STOPS[word]}]})
    spans = [{"speaker_label": who, "start_time": str(at), "end_time": str(end), "items": []} for who, at, end in SPANS]
    whole = {"transcripts": [{"transcript": "Co słychać? Bieda. Tak?"}], "items": items}
    return {"jobName": "w", "results": whole | {"speaker_labels": {"speakers": 2, "segments": spans}}}


def google():
    parts = [{"alternatives": [{"transcript": "Co słychać? Bieda. Tak?", "words": []}]}]
    words = [
        {"word": full(word), "startTime": f"{at}s", "endTime": f"{end}s", "speakerTag": who}
        for who, word, at, end in WORDS
    ]
    return {"results": [*parts, {"alternatives": [{"words": words}]}]}


def deepgram():
    words = [
        {"word": word.lower(), "punctuated_word": full(word), "start": at, "end": end, "speaker": who}
        for who, word, at, end in WORDS
    ]
    return {"results": {"channels": [{"alternatives": [{"transcript": "Co słychać?", "words": words}]}]}}


def speechmatics():
    results = []
    for who, word, at, end in WORDS:
        results.append({"type": "word", "start_time": at, "end_time": end})
        results[-1]["alternatives"] = [{"content": word, "speaker": who}]
        if word in STOPS:
            results.append({"type": "punctuation", "start_time": end, "end_time": end})
            results[-1]["alternatives"] = [{"content": STOPS[word], "speaker": who}]
    return {"format": "2.9", "results": results}


def speechmatics_of_old():
    words = [{"name": full(word), "time": str(at), "duration": str(end - at)} for _, word, at, end in WORDS]
    spans = [{"name": who, "time": str(at), "duration": str(end - at)} for who, at, end in SPANS]
    return {"job": {"lang": "pl"}, "speakers": spans, "words": words}


def kaldi():
    words = [{"word": word.lower(), "punct": full(word), "start": at, "end": end} for _, word, at, end in WORDS]
    spans = [{"start": at, "duration": end - at, "speaker": {"@id": who, "gender": "F"}} for who, at, end in SPANS]
    return {"retval": {"words": words, "segmentation": {"segments": spans}}}


def assembly():
    stretches = [
        {"speaker": who, "text": text, "start": round(at * 1000), "end": round(end * 1000), "words": []}
        for (who, text), (at, end) in zip(TALK, TIMES, strict=True)
    ]
    return {"audio_duration": 4, "text": "Co słychać? Bieda. Tak?", "utterances": stretches}


def azure():
    phrases = [
        {"speaker": who, "offsetInTicks": at * 1e7, "durationInTicks": (end - at) * 1e7, "nBest": [{"display": text}]}
        for (who, text), (at, end) in zip(TALK, TIMES, strict=True)
    ]
    return {"recognizedPhrases": phrases}


def otter_page():
    said_by = [
        {"transcript": text, "speaker_id": who, "start_offset": at * 16000, "end_offset": end * 16000}
        for (who, text), (at, end) in zip(TALK, TIMES, strict=True)
    ]
    return {"speech": {"title": "Wywiad", "transcripts": said_by}}


def listed(items, speaker, text, start, end):
    return [
        {speaker: who, text: words, start: at, end: until}
        for (who, words), (at, until) in zip(items, TIMES, strict=True)
    ]


def otter():
    return {"title": "w", "speech_segments": listed(TALK, "speaker_name", "transcript", "start_ts", "end_ts")}


def fireflies():
    return {"meeting": {"sentences": listed(TALK, "speaker_name", "text", "start_time", "end_time"), "summary": "Nic."}}


def sembly():
    rest = {"action_items": [{"owner": "A", "text": "Wysłać to i owo, i jeszcze wiele innych rzeczy"}]}
    return {"transcript": listed(TALK, "speaker_name", "words_str", "start_time", "end_time")} | rest


def rev():
    stretches = []
    for number, (who, text) in enumerate(TALK):
        first, *others = text.split()
        pieces = [{"type": "text", "value": first}]
        pieces += [
            piece for word in others for piece in ({"type": "punct", "value": " "}, {"type": "text", "value": word})
        ]
        at, end = TIMES[number]
        stretches.append({"speaker": who, "start_time": at, "end_time": end, "elements": pieces})
    return {"monologues": stretches}


SHAPES = [
    *(amazon, google, deepgram, speechmatics, speechmatics_of_old, kaldi, assembly, azure),
    *(otter_page, otter, fireflies, sembly, rev),
]
shapes = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)


@shapes
def test_every_shape_reads_to_the_same_talk(read, shape):
    draft = read(json.dumps(shape()), "w.json")
    assert said(draft) == TALK
    assert [(round(start, 3), round(end, 3)) for start, end in times(draft)] == TIMES


@shapes
def test_what_a_shape_lacks_or_has_of_another_kind_is_refused_or_read(read, shape):
    def changed(value, depth):
        if isinstance(value, dict):
            yield from ({**value, key: other} for key in value for other in changed(value[key], depth + 1))
            yield from ({name: one for name, one in value.items() if name != key} for key in value)
        elif isinstance(value, list) and value:
            yield from ([other, *value[1:]] for other in changed(value[0], depth + 1))
            yield []
        else:
            yield from (None, [], {}, "", -1, "x" * 3, [None], 1e400)

    for content in changed(shape(), 0):
        try:
            assert all(segment.text for segment in read(json.dumps(content), "w.json").segments)
        except ReadError as error:
            assert error.key in ("no_segments", "broken_json")


def test_ids_of_speakers_get_their_names(read):
    items = [{"speaker": 0, "text": "Co?"}, {"speaker": 1, "text": "Nic."}]
    content = {"speakers": [{"id": 0, "name": "Anna"}, {"id": 1, "name": "Jan"}], "segments": items}
    assert said(read(json.dumps(content), "w.json")) == [("Anna", "Co?"), ("Jan", "Nic.")]


def test_labels_inside_the_texts_are_speakers_where_nothing_else_says_so(read):
    texts = ["M: Co słychać?", "R1: Bieda", "i żal.", "M: Tak?", "R1: No."]
    items = [{"text": text, "start": place, "end": place + 1} for place, text in enumerate(texts)]
    draft = read(json.dumps({"segments": items}), "w.json")
    assert said(draft) == [("M", "Co słychać?"), ("R1", "Bieda i żal."), ("M", "Tak?"), ("R1", "No.")]
    assert times(draft)[1] == (1.0, 3.0)


def test_times_in_thousandths_say_so_in_their_names(read):
    items = [{"speaker": "A", "text": "Co?", "start_ms": 1500, "endMs": "2000"}]
    assert times(read(json.dumps(items), "w.json")) == [(1.5, 2.0)]


@pytest.mark.parametrize(
    "content", ["[" * 5000 + "]" * 5000, '{"a":' * 5000 + "1" + "}" * 5000, '"tekst"', "5", "[1, 2]"]
)
def test_json_without_talk_is_refused(read, content):
    with pytest.raises(ReadError):
        read(content, "w.json")
