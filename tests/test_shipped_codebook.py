"""What the shipped codebook finds and leaves alone: sentences as they are said, and typed without diacritics."""

import pytest

import focus_analysis as fa
from tests.builders import one_turn


@pytest.fixture(scope="module")
def codes_of():
    codebook = fa.read_codebook(fa.default_codebook())

    def found(said):
        return set(fa.code(one_turn(said), codebook, coder="rules")["code"])

    return found


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("U nas w opiece pracują trzy osoby.", "gops"),
        ("Zaniosłam to do opieki.", "gops"),
        ("Opieka mówi, że nie może.", "gops"),
        ("Dziewczyny z pomocy były tam we wtorek.", "gops"),
        ("Chodzi tam asystentka.", "gops"),
        ("Środowiskowa mierzy ciśnienie.", "health"),
        ("Doktor nie wypełnił karty.", "health"),
        ("Higienistka to zauważyła.", "health"),
        ("Jeździ do WTZ-tu od roku.", "day_centre"),
        ("Po dwóch latach w WTZ-cie zaczął mówić.", "day_centre"),
        ("Bus wozi ich do środowiskowego.", "day_centre"),
        ("Myśmy w kole upiekły ciasto.", "ngo"),
        ("Nasza spółdzielnia gotuje obiady.", "social_economy"),
        ("Gmina puściła dwa busy.", "gmina_office"),
        ("Skarbnik tego nie podpisze.", "gmina_office"),
        ("Pochowaliśmy czterdzieści osób, reszta siedzi w Dublinie.", "labour_migration"),
        ("Dowiadujemy się ostatni, z gazety.", "cooperation_barrier"),
        ("Wydziela jej na chleb i liczy paragony.", "domestic_violence"),
        ("Żeby choć raz w miesiącu był psycholog.", "solution_specialists"),
        ("Dwoje dzieci trafiło do placówki.", "child_care_home"),
        ("Bracia od podziału ojcowizny się nie odzywają.", "family_dysfunction"),
        ("W nocy wyszła w kapciach szukać krowy.", "elderly_care"),
        ("Brakuje jej na leki i na prąd.", "poverty"),
        ("Na badanie czeka się do marca.", "health_access"),
        ("Ubikacja na podwórku, woda ze studni.", "housing"),
        ("Klasa ją wyśmiewa i nagrywa telefonem.", "youth_problems"),
        ("Policja mówi, że to nie ich.", "cooperation_barrier"),
        ("Dowiedziałam się o tym ze sklepu.", "cooperation_barrier"),
        ("Każdy ma swoją teczkę.", "cooperation_barrier"),
        ("Sołtysa nikt o nic nie pyta.", "occasional_partner"),
        ("Ksiądz zagląda raz na rok.", "occasional_partner"),
        ("Żeby szpital zadzwonił dzień wcześniej.", "information_exchange"),
        ("Ja na to nie mam lekarstwa.", "hard_to_solve"),
        ("Niechby jeździł bus pod same drzwi.", "solution_transport"),
        ("Żeby ktoś z nią w nocy posiedział.", "solution_care_services"),
        ("Nasz szef umówił się już z opieką.", "gops"),
        ("Najpierw zadzwonię do socjalnej.", "gops"),
        ("My z ośrodka byłyśmy tam u lekarza razem z nią.", "gops"),
        ("Zdjęcie przekazałam opiece.", "gops"),
        ("Pani z centrum szuka rodziny zastępczej.", "pcpr"),
        ("Doradczyni klienta ma dyżur.", "pup"),
        ("Sprawa leży w wydziale rodzinnym.", "court"),
        ("Wuefistka zauważyła pierwsza.", "school"),
        ("Zespół szkół w rynku kupił schodołaz.", "school"),
        ("Siostro, niech siostra jeszcze usiądzie.", "health"),
        ("Siostra zmienia mu opatrunek co drugi dzień.", "health"),
        ("Mówię to jako lekarz.", "health"),
        ("Idzie do ośrodka po receptę.", "health"),
        ("Jako dyrektorka domu nie mam wolnych łóżek.", "care_home"),
        ("Zawieźli go na warsztat i tam lepi garnki.", "day_centre"),
        ("Fizjoterapeuta z warsztatu odszedł.", "day_centre"),
        ("Moi wychowankowie jadą na obóz.", "child_care_home"),
        ("Koło ma nową salę i trzy garnki.", "ngo"),
        ("Przyjdź do koła w czwartek.", "ngo"),
        ("Klub abstynenta zbiera się w piwnicy.", "ngo"),
        ("Kościelny otwiera im o szóstej.", "parish"),
        ("Na te meble gminę nie jest dzisiaj stać.", "gmina_office"),
        ("Za urząd odpowiem, że drzwi są otwarte.", "gmina_office"),
        ("Za szkołę mogę ręczyć.", "school"),
        ("Nikt w gminie nie odbiera.", "gmina_office"),
        ("To jest zadanie dla gminy.", "gmina_office"),
        ("Sołtysówka jest otwarta do ósmej.", "village_head"),
    ],
)
def test_it_finds(codes_of, said, code):
    assert code in codes_of(said)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Opieka nad mamą jest trudna.", "gops"),
        ("Opieka sąsiedzka u nas działa.", "gops"),
        ("Mama jest w domu pomocy społecznej.", "gops"),
        ("Tak stoi w ustawie o pomocy społecznej.", "gops"),
        ("Ustawa o ochronie zdrowia psychicznego każe pytać biegłego.", "health"),
        ("Dzieci chodzą do szkoły pieszo.", "school"),
        ("Sklep stoi przy szkole.", "school"),
        ("Cała gmina o tym mówi.", "gmina_office"),
        ("Spółdzielnia mleczarska upadła.", "social_economy"),
        ("Komendant straży kazał odśnieżyć dach.", "police"),
        ("Ja tak mowie, bo tak jest.", "child_care_home"),
        ("Nagle zapadla cisze przerwal telefon.", "social_economy"),
        ("Ta szkola jest za daleko.", "solution_training"),
        ("Uczyłam się w podstawówce, jak wszyscy.", "poverty"),
        ("Znamy się jeszcze z podstawówki.", "school"),
        ("Na zieloną szkołę pojechali wszyscy.", "school"),
        ("Wszystko uzależnione jest od podpisu skarbnika.", "addiction"),
        ("Ubogi był ten program festynu.", "poverty"),
        ("Mieszkań mam sześć, wszystkie zajęte.", "parenting_difficulties"),
        ("RODO nam nigdy nie przeszkadzało.", "cooperation_barrier"),
        ("Jeden telefon i chłopaki z OSP przyjechali.", "youth_problems"),
        ("Kredyt we frankach mają wspólny.", "poverty"),
        ("Sąsiad zawiózł ją do okulisty.", "health_access"),
        ("Byliśmy na szkoleniu w powiecie.", "solution_training"),
        ("Auto stało pod ośrodkiem.", "gops"),
        ("Etatów do opieki nie przybędzie.", "gops"),
        ("Trzy mieszkania socjalne czekają na lokatorów.", "gops"),
        ("Zięć wydał jej oszczędności „na policjanta”.", "police"),
        ("Od lat chodzą po sądach o miedzę.", "court"),
        ("Na Sądzie Ostatecznym się policzymy.", "court"),
        ("Taki był już w zerówce.", "school"),
        ("Mieszkanie po nauczycielce stoi puste.", "school"),
        ("W starej podstawówce jest teraz sklep.", "school"),
        ("Brat prowadzi małą do przedszkola.", "school"),
        ("Autobus wraca ze szkoły o drugiej.", "school"),
        ("Jest tylko dowóz do szkoły.", "school"),
        ("Wychowawczyni z placówki napisała list.", "school"),
        ("Uczy się na pielęgniarkę.", "health"),
        ("Przyszedł wyrok z wydziału rodzinnego, wysłali go do rodzinnego.", "health"),
        ("Spotkajmy się pod ośrodkiem zdrowia.", "health"),
        ("Ławka stoi za biblioteką.", "culture"),
        ("Książka jest w bibliotece szkolnej.", "culture"),
        ("Czeka się do poradni kardiologicznej.", "counselling"),
        ("Zbudowali nowy plac kościelny.", "parish"),
        ("To było jeszcze za starego proboszcza.", "parish"),
        ("Rolnicza gmina pod lasem.", "gmina_office"),
        ("Tablica wisi przed urzędem.", "gmina_office"),
        ("Pani z urzędu marszałkowskiego dzwoniła.", "gmina_office"),
        ("Terapeuta ma przyjechać do gminy w marcu.", "gmina_office"),
        ("Samorząd uczniowski sprzedaje ciasto.", "gmina_office"),
    ],
)
def test_it_leaves_alone(codes_of, said, code):
    assert code not in codes_of(said)


def test_every_list_is_used():
    source = fa.resource("codebooks/social_problems.yaml").read_text(encoding="utf-8")
    lists = source.split("\nlists:\n")[1].split("\ncodes:\n")[0].splitlines()
    names = [line.strip().split(":")[0] for line in lists if line.strip() and not line.strip().startswith("#")]
    assert [name for name in names if f"@{name}" not in source.replace("#   @senior", "")] == []
