"""What the learned coder learns, how it is weighed against rules, and what it says of itself."""

import json

import numpy as np
import pandas as pd
import pytest

from focus_analysis import LearnedCoder, load_coder, save_coder
from focus_analysis.analysis.comparison import compare_coders
from focus_analysis.coding import rules
from focus_analysis.coding.decisions import TERMS, Stance, Weighings
from focus_analysis.coding.features import Said
from focus_analysis.coding.turns import read_turns
from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError, SchemaError
from focus_analysis.schemas import CODINGS
from tests import builders

OLD = ("Babcia", "Dziadek", "Staruszka z końca wsi", "Wdowa", "Emeryt", "Sąsiadka po osiemdziesiątce")
ALONE = ("siedzi całymi dniami w oknie", "nie ma do kogo ust otworzyć", "czeka na listonosza", "gada do kota")
DRINK = ("Ojciec", "Chłop", "Zięć", "Ten z bloku", "Kawaler", "Syn")
BOTTLE = ("pod sklepem od rana z piwem", "wraca pijany i śpi w rowie", "zasiłek zostawia w barze", "pije bez przerwy")
BUS = ("Autobus", "Pekaes", "Busik", "Kurs", "Połączenie", "Ostatni autobus")
GONE = ("zlikwidowali na wsi", "jeździ raz dziennie", "nie przyjechał od lutego", "do powiatu skasowali")
NOTHING = ("Dzień dobry państwu", "Ja się zgadzam", "To prawda", "Dziękuję bardzo", "Chciałam tylko dopowiedzieć")
BOOK = builders.codebook(
    {"loneliness": ["samotny", "=sama"], "drinking": ["pić"], "buses": ["autobus"], "rare": ["krowa"]}
)


def talk():
    """Six groups that say the same things in another order, with their codes."""
    said = [(f"{who} {what}.", code) for code, whos, whats in (
        ("loneliness", OLD, ALONE), ("drinking", DRINK, BOTTLE), ("buses", BUS, GONE)
    ) for who in whos for what in whats]  # fmt: skip
    said += [(f"{words}.", None) for words in NOTHING for _ in range(4)]
    groups, codings = [], []
    for number in range(6):
        part = said[number::6]
        name = f"g{number}"
        groups.append(builders.group(name, *(f"R{i}: {text}" for i, (text, _) in enumerate(part))))
        codings += [(name, turn, code) for turn, (_, code) in enumerate(part, 1) if code]
    return builders.corpus(*groups), builders.codings(*codings, ("g0", 1, "rare"))


def fitted(*given, **how):
    """A coder fitted where one code is rare, and says so."""
    with pytest.warns(UserWarning, match=r"rare \(1\)"):
        return LearnedCoder().fit(*given, **how)


@pytest.fixture(scope="module")
def coder():
    return fitted(*talk(), BOOK)


def codes_of(coder, text, kind="combined", speaker="R1"):
    found = coder.code(builders.one_turn(text, speaker), BOOK, kind)
    return dict(zip(found["code"], found["status"], strict=True))


@pytest.mark.parametrize("kind", ["combined", "learned"])
def test_it_codes_what_no_pattern_names(coder, kind):
    text = "Staruszek siedzi w oknie i do kota gada."
    assert rules.code(builders.one_turn(text), BOOK).empty
    assert codes_of(coder, text, kind) == {"loneliness": "affirmed"}
    assert codes_of(coder, "Zięć pijany leży w rowie.", kind).get("drinking") == "affirmed"


def test_it_gives_nothing_where_nothing_is_said(coder):
    assert codes_of(coder, "Ja też się zgadzam, dziękuję bardzo.") == {}
    assert codes_of(coder, "") == {}


def test_a_code_with_few_examples_is_coded_by_rules_alone(coder):
    assert coder.scarce == {"rare": 1}
    assert "rare" not in coder.codes
    found = coder.code(builders.one_turn("Zdechła krowa."), BOOK)
    assert found.loc[found["code"] == "rare", "coder_kind"].tolist() == ["rule"]


def test_what_a_moderator_says_is_hypothetical(coder):
    assert set(codes_of(coder, "Staruszek siedzi w oknie i do kota gada.", speaker="M").values()) == {"hypothetical"}


def with_stance(coder, stance):
    """The same coder with thresholds of what is affirmed that nothing reaches, and another stance."""
    other = LearnedCoder()
    other.fitted = coder.fitted._replace(
        weighings={
            kind: weighed._replace(
                affirmed=weighed.affirmed._replace(thresholds=weighed.affirmed.thresholds + 1), stance=stance
            )
            for kind, weighed in coder.fitted.weighings.items()
        }
    )
    return other


def test_where_every_code_was_affirmed_the_patterns_say_what_is_denied(coder):
    sceptic = with_stance(coder, coder.fitted.weighings["combined"].stance)
    assert codes_of(sceptic, "Ojciec wraca pijany i śpi w rowie.") == {}
    assert codes_of(sceptic, "Ojciec pije bez przerwy.") == {"drinking": "affirmed"}
    assert codes_of(sceptic, "Ojciec nie pije bez przerwy.") == {"drinking": "denied"}


def test_a_stance_may_overrule_the_patterns_and_the_evidence_tells(coder):
    denying, affirming = (Stance(np.zeros(4), np.array([added])) for added in (-1.0, 1.0))
    drinks = "Ojciec pije bez przerwy" + ", a matka mówi to samo" * 4
    for taken, text, status in ((denying, drinks, "denied"), (affirming, "Ojciec nie pije bez przerwy", "affirmed")):
        found = with_stance(coder, taken).code(builders.one_turn(f"{text}."), BOOK).set_index("code").loc["drinking"]
        assert found["status"] in {"affirmed": ["affirmed"], "denied": ["denied", "hypothetical"]}[status]
        assert f"| model ({found['status']}) → " in found["evidence"]
    agreed = coder.code(builders.one_turn("Ojciec pije bez przerwy."), BOOK)
    assert not agreed["evidence"].str.contains("model (", regex=False).any()
    assert codes_of(with_stance(coder, denying), "Ojciec pije bez przerwy.") == {"drinking": "affirmed"}


def test_evidence_tells_what_rule_and_model_said(coder):
    found = coder.code(builders.one_turn("Autobus zlikwidowali na wsi, nie przyjechał."), BOOK).iloc[0]
    assert found["evidence"].startswith("autobus → Autobus")
    assert "model → " in found["evidence"] and " ≈ " in found["evidence"]
    assert (found["start"], found["end"]) == (0, 7)
    assert 0 < found["confidence"] <= 1


def test_each_find_of_a_rule_keeps_its_status_where_the_model_agrees_with_the_turn(coder):
    text = "Ojciec nie pije. Zięć pijany leży w rowie, pije bez przerwy."
    found = coder.code(builders.one_turn(text), BOOK).query("code == 'drinking'")
    assert found[["start", "status"]].to_numpy().tolist() == [[11, "denied"], [43, "affirmed"]]
    assert codes_of(coder, text) == {"drinking": "affirmed"}


def test_the_nearest_utterance_stands_as_the_coding_does():
    corpus, codings = talk()
    said = ("Ojciec pije pod sklepem.", "Ojciec nie pije pod sklepem.", "Autobus przyjechał.")
    denied = builders.corpus(builders.group("x", *(f"R1: {text}" for text in said)))
    taught = builders.codings(
        ("x", 1, "drinking"), ("x", 2, "drinking", "denied"), ("x", 3, "buses", "denied"), ("x", 3, "drinking")
    )
    fitted = LearnedCoder((denied, taught)).fit(corpus, codings.query("code != 'rare'"), BOOK).fitted
    asked = read_turns(builders.one_turn("Ojciec nie pije pod sklepem, no."))
    read = fitted.learned.features.read(Said.of(asked.stream))
    column = fitted.learned.codes.index("drinking")

    def nearest(status):
        return fitted.reasons.nearest(read, [(0, column)], [status], np.array([[[0, 6]] * len(fitted.learned.codes)]))

    assert nearest("denied") == [said[1]]
    assert nearest("affirmed") == [said[0]]
    assert nearest("hypothetical") == [said[1]]  # none is supposed: any that has the code


def test_a_transcript_that_taught_is_coded_as_if_unseen(coder):
    corpus, _ = talk()
    scores = coder.fitted.learned
    text = corpus.turns["text"].iloc[0]
    known = scores.unseen[text].affirmed

    def scored(text):
        said = Said.of(read_turns(builders.one_turn(text)).stream)
        return scores.scores(scores.features.read(said)).affirmed[0]

    assert scored(text) == pytest.approx(known)
    assert not np.allclose(scored(f"{text} "), known)


def test_kept_in_a_folder_it_codes_the_same(coder, tmp_path):
    save_coder(coder, tmp_path)
    again = load_coder(tmp_path)
    corpus, _ = talk()
    assert again.code(corpus, BOOK).equals(coder.code(corpus, BOOK))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["arrays.npz", "coder.json"]
    assert json.loads((tmp_path / "coder.json").read_text(encoding="utf-8"))["scarce"] == {"rare": 1}


@pytest.mark.parametrize("damage", ["missing", "truncated", "pickled", "empty", "of another kind", "no words"])
def test_a_damaged_folder_is_refused(coder, tmp_path, damage):
    save_coder(coder, tmp_path)
    arrays = tmp_path / "arrays.npz"
    if damage == "missing":
        arrays.unlink()
    elif damage == "truncated":
        arrays.write_bytes(arrays.read_bytes()[:200])
    elif damage == "empty":
        arrays.write_bytes(b"")
    elif damage in ("of another kind", "no words"):
        (tmp_path / "coder.json").write_text("[]" if damage == "no words" else '{"codes": 1}', encoding="utf-8")
    else:
        np.savez(arrays, bias=np.array([{}], dtype=object))
    with pytest.raises(ArgumentError, match="holds no coder"):
        load_coder(tmp_path)


def test_codes_of_two_coders_of_the_same_turns_are_not_mixed():
    corpus, codings = talk()
    both = pd.concat([codings.assign(coder="Ala"), codings.assign(coder="Ola")])
    with pytest.raises(ArgumentError, match=r"turns have codes of several coders \(Ala, Ola\)"):
        LearnedCoder().fit(corpus, both, BOOK)
    split = codings.assign(coder=codings["session_id"].map(lambda name: f"coder of {name}"))
    assert fitted(corpus, split, BOOK).codes == fitted(corpus, codings).codes


def test_it_says_when_it_cannot():
    corpus, codings = talk()
    with pytest.raises(ArgumentError, match="call fit first"):
        LearnedCoder().code(corpus, BOOK)
    with pytest.raises(ArgumentError, match=r"no code has 20 examples.*loneliness \(\d+\)"):
        LearnedCoder().fit(corpus, codings.head(5), BOOK)
    with pytest.raises(ArgumentError, match="no code has 20 examples"):
        LearnedCoder().fit(corpus, codings, teach=False)
    with pytest.raises(ArgumentError, match="two coded transcripts"):
        fitted(corpus, codings).code_unseen(corpus, codings[codings["session_id"] == "g0"])


def test_what_stands_for_something_else_is_refused(coder, tmp_path):
    corpus, codings = talk()
    for wrong in ("transcripts", codings):
        with pytest.raises(ArgumentError, match="a Corpus is needed"):
            LearnedCoder().fit(wrong, codings)
        with pytest.raises(ArgumentError, match="a Corpus is needed"):
            coder.code(wrong, BOOK)
    with pytest.raises(ArgumentError, match="a Codebook is needed"):
        LearnedCoder().fit(corpus, codings, "codebook.yaml")
    with pytest.raises(SchemaError, match="a DataFrame is needed"):
        LearnedCoder().fit(corpus, "codings.csv")
    with pytest.raises(ArgumentError, match="a pair"):
        LearnedCoder(corpus)
    with pytest.raises(ArgumentError, match="a LearnedCoder stands first"):
        save_coder(tmp_path, coder)


def test_own_codes_are_learnt_without_a_codebook():
    own = fitted(*talk())
    found = own.code(builders.one_turn("Staruszek siedzi w oknie i do kota gada."))
    assert found[["code", "status", "coder"]].to_numpy().tolist() == [["loneliness", "affirmed", "learned"]]
    assert set(own.codes) == {"loneliness", "drinking", "buses"}


def test_own_codes_are_learnt_beside_a_bank():
    corpus, codings = talk()
    in_bank = corpus.turns["session_id"].isin(["g0", "g1", "g2"])
    bank = corpus.where(session_id=["g0", "g1", "g2"])
    others = corpus.where(session_id=["g3", "g4", "g5"])
    part = codings["session_id"].isin(bank.sessions["session_id"])
    assert in_bank.any()
    coder = LearnedCoder((bank, codings[part & (codings["code"] != "rare")])).fit(others, codings[~part])
    assert set(coder.codes) == {"loneliness", "drinking", "buses"}
    assert coder.scarce == {}


def test_examples_alone_may_teach():
    corpus, codings = talk()
    alone = LearnedCoder((corpus, codings[codings["code"] != "rare"])).fit(corpus, codings, teach=False)
    assert alone.fitted.reasons.rows.shape[0] == (codings["code"] != "rare").sum()
    assert len(alone.code(builders.one_turn("Zięć pijany leży w rowie.")))


def test_turns_that_nobody_read_teach_nothing():
    corpus, codings = talk()
    part = codings[codings["session_id"] != "g5"]
    learned = fitted(corpus, part).fitted.learned
    assert not set(learned.unseen) & set(corpus.turns.loc[corpus.turns["session_id"] == "g5", "text"][:5])
    read = pd.concat([codings, builders.codings(("g0", 16, "none"))])
    assert "none" not in fitted(corpus, read).codes


def test_coded_unseen_each_transcript_is_weighed_by_the_others(coder):
    corpus, codings = talk()
    found = coder.code_unseen(corpus, codings, BOOK, folds=3)
    assert list(found.columns) == CODINGS.names
    table = compare_coders(codings, {"unseen": found}, corpus, resamples=10)
    assert table.loc[table["code"] == "loneliness", "f1"].item() > 0.8
    bare = coder.code_unseen(corpus, codings, coder="learned", folds=3)
    assert set(bare["coder"]) == {"learned"}


def test_evidence_tells_where_a_code_leans_on_what_was_asked(coder):
    weighed = coder.fitted.weighings["combined"].affirmed
    only_asked = np.zeros_like(weighed.coefficients)
    only_asked[:, TERMS.index("asked")], only_asked[:, -1] = 20, -6
    weighing = weighed._replace(
        coefficients=only_asked, phases=weighed.phases * 0, thresholds=weighed.thresholds * 0 + 0.5
    )
    unlearnt = coder.fitted.weighings["learned"].stance
    follower = LearnedCoder()
    follower.fitted = coder.fitted._replace(weighings={"learned": Weighings(weighing, weighing, unlearnt)})
    talk = builders.corpus(builders.group("s", "M: Babcia siedzi całymi dniami w oknie?", "R1: Dziękuję."))
    found = follower.code(talk)
    assert found[["turn", "code"]].to_numpy().tolist() == [[2, "loneliness"]]
    assert found["evidence"].str.startswith("model + place in the talk → ").all()
    assert not coder.code(talk, BOOK)["evidence"].str.contains("place").any()


def test_a_coder_tells_what_it_learnt(coder):
    assert repr(coder) == "LearnedCoder(buses, drinking, loneliness)"
    assert repr(LearnedCoder()) == "LearnedCoder(nothing learnt yet)"


def test_a_code_that_most_turns_have_is_told_of():
    corpus, _ = talk()
    turns = corpus.turns
    every = builders.codings(*zip(turns["session_id"], turns["turn"], ["talk"] * len(turns), strict=True))
    with pytest.warns(UserWarning, match=r"talk \(92\).*(prawie wszędzie|nearly everywhere)"):
        LearnedCoder().fit(corpus, every)


def test_rules_that_were_never_weighed_are_told_of(coder, recwarn):
    corpus, codings = talk()
    coder.code(corpus, BOOK)
    fitted(corpus, codings).code(corpus)
    assert not [warning for warning in recwarn if "fit" in str(warning.message)]
    with pytest.warns(UserWarning, match="fit"):
        fitted(corpus, codings).code(corpus, BOOK)


def test_a_code_that_is_only_ever_denied_names_no_utterance_that_affirms_it():
    said = [f"R{n}: {who} nie {what}." for n, (who, what) in enumerate([(w, d) for w in DRINK for d in BOTTLE])]
    study = builders.corpus(*(builders.group(f"g{n}", *said[n::3]) for n in range(3)))
    turns = study.turns
    given = builders.codings(*zip(turns["session_id"], turns["turn"], ["drinking"] * len(turns), strict=True))
    with pytest.warns(UserWarning, match="drinking"):
        denied = LearnedCoder().fit(study, given.assign(status="denied"))
    found = denied.code(study, coder="learned")
    assert len(found) and not found["status"].eq("affirmed").any()


def test_a_coder_that_learnt_from_split_words_says_where_the_joined_ones_stand():
    corpus, codings = talk()
    split = corpus.turns["text"].str.lower().str.rstrip(".").str.replace("pije", "pi je").str.replace("bus", "bu s")
    heard = Corpus(corpus.sessions, corpus.speakers, corpus.turns.assign(text=split))
    found = fitted(heard, codings, BOOK).code(heard, BOOK, "learned")
    assert len(found) > 20
    assert (found["end"] > found["start"]).all()
