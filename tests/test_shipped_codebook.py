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
        ("Akta z sądu przyszły dopiero w czerwcu.", "cooperation_barrier"),
        ("Policja mówi, że to sprawa gminy.", "cooperation_barrier"),
        ("Na opinię z poradni czekają tu wszyscy.", "cooperation_barrier"),
        ("Opinii poradnia bez podpisu matki nie wyda.", "cooperation_barrier"),
        ("Zgłoszenie wysłałam i cisza.", "cooperation_barrier"),
        ("Dzwonię do referatu, a pani na urlopie.", "cooperation_barrier"),
        ("Szpital wypisał ją w piątek po południu.", "cooperation_barrier"),
        ("Radca zabronił nam odpowiadać przez telefon.", "cooperation_barrier"),
        ("Asystentka jest jedna na cztery gminy.", "cooperation_barrier"),
        ("Na jedną rodzinę wypełniam dziewięć formularzy.", "cooperation_barrier"),
        ("Nikt nas nie zawiadomił.", "cooperation_barrier"),
        ("Z dzielnicowym robimy objazd co wtorek.", "cooperation_good"),
        ("Mamy z pielęgniarką taki układ na soboty.", "cooperation_good"),
        ("Jeździmy jednym autem z kuratorką.", "cooperation_good"),
        ("Kierowniczkę mam w komórce, dzwonię do niej zawsze.", "cooperation_good"),
        ("Siadamy wszyscy w środę i po kolei.", "cooperation_good"),
        ("Bibliotekarka o pismo nikogo nie prosi.", "cooperation_good"),
        ("Z wójtem nie mamy żadnych zatargów ani kłopotów.", "cooperation_good"),
        ("Firanka u niej nieruszona, to zaraz dzwonię do opieki.", "information_exchange"),
        ("Sołtyska mi o takich rzeczach mówi od razu.", "information_exchange"),
        ("Trzeba nam było powiedzieć przed weekendem.", "information_exchange"),
        ("Przesyłamy sobie co tydzień zestawienie.", "information_exchange"),
        ("Mówię opiece: zajrzyjcie na koniec wsi.", "information_exchange"),
        ("Dobrze by było wiedzieć o tym wcześniej.", "information_exchange"),
        ("Wystarczyłoby jedno zdanie z ośrodka.", "information_exchange"),
        ("Prezes koła zagląda tu na otwarcie i tyle.", "occasional_partner"),
        ("Strażaków prosimy dopiero, jak coś się pali.", "occasional_partner"),
        ("Radnego by trzeba kiedyś zaprosić.", "occasional_partner"),
        ("Pani z fundacji była dwa razy.", "occasional_partner"),
        ("O aptekarce nikt z nas nie pomyślał, a biblioteki nie włączamy.", "occasional_partner"),
        ("Leśniczego nikt nie poprosił.", "occasional_partner"),
        ("Dyrektorka na oczy tego nie widziała ani razu, u nas nie była.", "occasional_partner"),
        ("Nie zagraża nikomu i sąd go nie zmusi.", "hard_to_solve"),
        ("Ja nie wiem, co tu jeszcze można.", "hard_to_solve"),
        ("Tego nikt nie ugryzie, ja też nie.", "hard_to_solve"),
        ("Na ten upór nie mamy trybu.", "hard_to_solve"),
        ("Zeznań nikt nie podpisze.", "hard_to_solve"),
        ("Opał to żadna filozofia.", "easy_to_solve"),
        ("Obiady od ręki załatwiamy.", "easy_to_solve"),
        ("Wystarczy wniosek i paczka jest.", "easy_to_solve"),
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
        ("Inspektor sprawdza gaśnice.", "cooperation_barrier"),
        ("Takie są przepisy ruchu.", "cooperation_barrier"),
        ("Każdy mówi swoje i tak się ten mecz skończył.", "cooperation_barrier"),
        ("Wystarczyłby jeden telefon.", "cooperation_good"),
        ("Układ nerwowy mu siadł.", "cooperation_good"),
        ("Karetka przyjechała na sygnale.", "information_exchange"),
        ("Ktoś przyszedł i mówi, że zimno.", "information_exchange"),
        ("Pytałam, kiedy będzie ciepło.", "occasional_partner"),
        ("Superwizja jest raz w roku.", "occasional_partner"),
        ("Okazjonalnie pije wino.", "occasional_partner"),
        ("Baza danych ma usterki.", "information_exchange"),
        ("To był wielki sukces drużyny.", "easy_to_solve"),
        ("Biegły księgowy sprawdził fakturę.", "hard_to_solve"),
    ],
)
def test_it_leaves_alone(codes_of, said, code):
    assert code not in codes_of(said)


def test_every_list_is_used():
    source = fa.resource("codebooks/social_problems.yaml").read_text(encoding="utf-8")
    lists = source.split("\nlists:\n")[1].split("\ncodes:\n")[0].splitlines()
    names = [line.strip().split(":")[0] for line in lists if line.strip() and not line.strip().startswith("#")]
    assert [name for name in names if f"@{name}" not in source.replace("#   @senior", "")] == []
