"""Made-up names of people, schools, streets and places, of many communities; put together at random, nobody's.

Given and family names are common ones, chosen apart from each other. A place is two syllables that no English
authority's name is made of; its postcodes are in an area that was never given out.
"""

# ruff: noqa: E501 -- lists of words
from __future__ import annotations

import random
from dataclasses import dataclass

from kept.rules.identifiers.made_up import made_up_postcode


@dataclass(frozen=True)
class Community:
    """The names of one community, girls' and boys' given names and family names, and the languages of its homes."""

    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]
    languages: tuple[str, ...]


def _community(girls: str, boys: str, families: str, languages: str) -> Community:
    return Community(*(tuple(words.split()) for words in (girls, boys, families, languages)))


_ENGLISH = _community(
    "Amelia Olivia Isla Ava Freya Lily Florence Willow Elsie Poppy Ivy Evie Daisy Ruby Sienna Phoebe Matilda Alice Erin "
    "Chloe Jessica Ellie Molly Lucy Harriet Bethany Megan Holly Abigail Rosie Scarlett Imogen Martha Nancy Orla Tilly",
    "Oliver George Arthur Noah Leo Oscar Harry Archie Jack Freddie Theodore Henry Alfie Charlie Finley Jude Reuben Toby "
    "Jacob Ethan Logan Mason Riley Callum Dylan Louis Elliot Rory Kian Bobby Stanley Ralph Tyler Lewis Jayden Harvey",
    "Ashdown Barrowby Calder Dunmore Elstow Fairley Garside Hartnell Ibbotson Jessop Kirkham Lathbury Marlow Netherby "
    "Oakden Penhale Quilter Redfern Saltmarsh Thornby Underhay Vickery Wainwright Yardley Applin Brackley Crowhurst Dray "
    "Everard Fenwick Gosling Hollis Inman Kemble Loxley Merriden Norrey Ormsby Pickersgill Rushton Selwood Tolland "
    "Upshaw Varley Whitlock Aldous Brindle Copley Dorrell Eastman Furlong Greenhalgh",
    "eng",
)
_SOUTH_ASIAN = _community(
    "Aisha Fatima Zara Maryam Inaya Anaya Priya Diya Meera Simran Jasleen Hafsa Safiya Nadia Kavya Riya Anjali Sana Amina",
    "Muhammad Ayaan Zayn Ibrahim Yusuf Arjun Rohan Dev Aarav Ishaan Harpreet Kabir Imran Bilal Hamza Nikhil Veer Rayyan",
    "Ahmadi Begumi Chaudary Dhillan Farooqi Gillani Hussaini Iqbalzai Jhutti Kaurani Lodhia Mehtani Nawabi Pateliya "
    "Qureshani Rahmanza Sandhawal Tariqi Uddinar Varmani Warraichi Zamani",
    "eng urd pan ben syl guj tam",
)
_AFRICAN = _community(
    "Adaeze Amara Zainab Abena Efua Chiamaka Ngozi Temi Sade Ayomide Hodan Ifrah Makena Tendai Naledi Esther Grace Faith",
    "Kwame Kofi Chidi Emeka Tunde Femi Ayo Abdi Liban Tendo Jabari Sekou Amadou Daniel Emmanuel Joshua Samuel Malik",
    "Adebowari Boatengi Chukwura Diallora Ekwenu Farahsi Gyamfira Hassanle Ibekwani Jallohu Kamarani Lukwago Mensaro "
    "Nkosana Okaforu Ogunlari Quartera Sesayu Tembora Warsamu",
    "eng yor som aka ibo swa",
)
_CARIBBEAN = _community(
    "Aaliyah Keisha Shanice Tianna Renee Kezia Naomi Jada Monique Simone Leah Talia",
    "Tyrell Jerome Marlon Andre Kieran Jermaine Isaiah Elijah Nathaniel Caleb Zion Micah",
    "Bellefield Campden Dacresby Edgeworthy Gayleson Lindowe Morgansby Pinnocky Reidfern Sewellan Thomasby Wrightley",
    "eng",
)
_EAST_EUROPEAN = _community(
    "Zofia Maja Hanna Alicja Oliwia Anastazja Ioana Elena Daria Katya Milena Petra Viktorija Greta Ieva Teodora",
    "Jakub Filip Szymon Antoni Andrei Stefan Matei Luka Tomas Pavel Dmitri Marek Kacper Nikolas Jonas Emil",
    "Adamowska Baranesc Cernatu Dobrovic Gorskan Ilievra Jankauska Kowalira Lazarova Mazurela Novakiev Petrauska "
    "Radulesca Sikoraz Todorani Wojtasik",
    "eng pol ron bul lit ukr slk",
)
_EAST_ASIAN = _community(
    "Mei Lian Xinyi Linh Hana Yuki Jia Suki Anh Min Grace Emily",
    "Wei Jun Haoran Minh Kenji Ryan Lok Tuan Jason Aiden Bao Felix",
    "Chengwu Dangvan Fongley Huanglin Kwokman Leungsi Nguyenta Phamlin Sunwei Tanakari Wongsa Zhoulan",
    "eng cmn yue vie",
)
_ARABIC = _community(
    "Layla Noor Yasmin Rania Dina Shirin Parisa Leila Hiba Rosa Zeynep Elif",
    "Omar Karim Tariq Adam Amir Reza Navid Emre Can Dilan Sami Rami",
    "Al-Basrani Darwishan Haddadi Karimzad Mansouran Nassarin Ozdemiri Qasimov Rostamir Shamsani Tahiran Yilmazer",
    "eng ara fas kur tur",
)
COMMUNITIES: dict[str, Community] = {
    **dict.fromkeys(("WBRI", "WIRI", "WIRT", "WROM", "REFU", "NOBT", ""), _ENGLISH),
    "WOTH": _EAST_EUROPEAN,
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "MWAS"), _SOUTH_ASIAN),
    **dict.fromkeys(("BAFR", "BOTH", "MWBA"), _AFRICAN),
    **dict.fromkeys(("BCRB", "MWBC"), _CARIBBEAN),
    "CHNE": _EAST_ASIAN,
    "OOTH": _ARABIC,
    "MOTH": _ARABIC,
}
TYPICAL = ("WBRI",) * 7 + ("AIND", "APKN", "BAFR", "BCRB", "WOTH", "CHNE", "OOTH")
NEVER_ADULTS = {"Mason", "Riley", "Jayden", "Tilly"}
PLACE_BEGINNINGS = ("Wex", "Marl", "Quay", "Elder", "Thorn", "Aster", "Bram", "Corl", "Fenny", "Harn", "Isel", "Lark")
PLACE_ENDINGS = ("haven", "mere", "combe", "minster", "holt", "staithe")
STREETS = (
    "Orchard Rise", "Kestrel Way", "Tannery Lane", "Lime Avenue", "Foundry Street", "Mill Bank", "Heron Close",
    "Chapel Row", "Old Station Road", "Linnet Drive", "Harbour View", "Cobbler's Yard", "Meadow Walk", "Quarry Hill",
    "Sycamore Grove", "Weavers Green", "Beacon Road", "Fuller's Court", "Juniper Crescent", "Ropewalk",
)  # fmt: skip
SCHOOL_WORDS = (
    "Alder Bank", "Bluebell Wood", "Cedar Rise", "Daneshill", "Elmfield", "Fallow Green", "Goldcrest", "Heathside",
    "Ivybridge Lane", "Jubilee Park", "Kingfisher", "Larchwood", "Mosswater", "Nightingale", "Oakapple", "Pinehurst",
    "Quarry Bank", "Rowan Hill", "Silverbirch", "Tidewell", "Upper Meadow", "Violet Hill", "Willowbeck", "Yewtree Lane",
    "Ashbrook", "Brackenfield", "Curlew Marsh", "Dovecote", "Eastholme", "Foxglove", "Greenacre", "Hollybush",
    "Lapwing", "Millrace", "Northolme", "Otterburn Lane", "Primrose Hill", "Riverside", "Sandpiper", "Teasel",
)  # fmt: skip


def _plainly(ethnicity: str) -> Community:
    return COMMUNITIES.get(ethnicity, _ENGLISH)


def family_name(rng: random.Random, ethnicity: str) -> str:
    """A family name; now and then double-barrelled."""
    name = rng.choice(_plainly(ethnicity).families)
    if rng.random() < 0.05:  # noqa: PLR2004
        name += "-" + rng.choice(_plainly(rng.choice(TYPICAL)).families).replace("-", "")
    return name


def given_names(rng: random.Random, sex: str, ethnicity: str) -> str:
    """One given name or two. A child of several communities may bear a name of either."""
    known = _plainly("WBRI" if ethnicity.startswith("M") and rng.random() < 0.5 else ethnicity)  # noqa: PLR2004
    pool = known.girls if sex == "F" else known.boys
    first = rng.choice(pool)
    second = rng.choice(pool)
    return f"{first} {second}" if rng.random() < 0.3 and second != first else first  # noqa: PLR2004


def language(rng: random.Random, ethnicity: str) -> str:
    """A first language spoken in such homes, English most often."""
    return rng.choice(_plainly(ethnicity).languages) if rng.random() < 0.4 else "eng"  # noqa: PLR2004


def adult(rng: random.Random, sex: str = "", ethnicity: str = "") -> str:
    """A grown person's full name."""
    community = ethnicity or rng.choice(TYPICAL)
    known = _plainly(community)
    pool = [n for n in (known.girls if (sex or rng.choice("FM")) == "F" else known.boys) if n not in NEVER_ADULTS]
    return f"{rng.choice(pool)} {family_name(rng, community)}"


def place(rng: random.Random) -> str:
    """The name of a town that is not."""
    return rng.choice(PLACE_BEGINNINGS) + rng.choice(PLACE_ENDINGS)


def address(rng: random.Random, town: str) -> tuple[str, str]:
    """The lines of an address and its postcode, in a postcode area that nobody has."""
    return f"{rng.randint(1, 180)} {rng.choice(STREETS)}\n{town}", made_up_postcode(rng.randrange(36_000))


def phone(rng: random.Random) -> str:
    """A mobile number of the range kept for plays and films (07700 900000 to 900999)."""
    return f"07700 900{rng.randrange(1000):03d}"


def school_names(rng: random.Random) -> list[str]:
    """First words of schools' names, shuffled, each once."""
    words = list(SCHOOL_WORDS)
    rng.shuffle(words)
    return words
