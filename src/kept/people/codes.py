"""Code sets of the statutory return, in words. Source: DfE SEN2 and common basic data set code sets."""

from django.db import models


class Sex(models.TextChoices):
    """Sex as recorded for the statutory return."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"


class Pronouns(models.TextChoices):
    """How the child or young person is spoken of, as they or the family say. Never guessed from the recorded sex."""

    SHE = "she/her", "she, her"
    HE = "he/him", "he, him"
    THEY = "they/them", "they, them"


class Need(models.TextChoices):
    """Types of special educational need."""

    ASD = "ASD", "Autistic spectrum disorder"
    SLCN = "SLCN", "Speech, language and communication needs"
    SEMH = "SEMH", "Social, emotional and mental health"
    MLD = "MLD", "Moderate learning difficulty"
    SLD = "SLD", "Severe learning difficulty"
    PMLD = "PMLD", "Profound and multiple learning difficulty"
    SPLD = "SPLD", "Specific learning difficulty"
    HI = "HI", "Hearing impairment"
    VI = "VI", "Vision impairment"
    MSI = "MSI", "Multi-sensory impairment"
    PD = "PD", "Physical disability"
    DS = "DS", "Down syndrome"
    OTH = "OTH", "Other difficulty or disability"
    UNKNOWN = "NSA", "Not yet known"


class Ethnicity(models.TextChoices):
    """Ethnicity codes of the common basic data set."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    WOTH = "WOTH", "Any other White background"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    BCRB = "BCRB", "Black Caribbean"
    BAFR = "BAFR", "Black African"
    BOTH = "BOTH", "Any other Black background"
    CHNE = "CHNE", "Chinese"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Refused to say"
    NOBT = "NOBT", "Not yet obtained"
