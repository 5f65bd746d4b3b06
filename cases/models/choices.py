"""The closed lists that several models share."""

from django.db import models


class Category(models.TextChoices):
    """Kinds of data that one organisation may tell another: the words stand in the consent form."""

    CONTACT = "contact", "kontaktuppgifter, språk och stödbehov"
    APPLICATION = "application", "ansökan och tidsgränser"
    PLAN = "plan", "handlingsplan"
    MEETING = "meeting", "möten och vad som bestäms där"
    ASSESSMENT = "assessment", "kartläggning"
    WORK = "work", "arbete och utbildning"
    NOTE = "note", "anteckningar som delas"
    ECONOMY = "economy", "försörjning och ekonomi"
    HEALTH = "health", "hälsa"

    @classmethod
    def ordinary(cls):
        """Everything a cooperation needs at first; health and economy are chosen one by one."""
        return [c for c in cls if c not in (cls.ECONOMY, cls.HEALTH)]


class Sex(models.TextChoices):
    WOMAN = "woman", "kvinna"
    MAN = "man", "man"
    UNKNOWN = "unknown", "uppgift saknas"


class SupportNeed(models.TextChoices):
    """What must be arranged so that the person can take part (S173–S175)."""

    HEARING_LOOP = "hearing_loop", "hörslinga"
    SIGN_INTERPRETER = "sign_interpreter", "teckenspråkstolk"
    STEP_FREE = "step_free", "lokal utan trappor"
    LARGE_PRINT = "large_print", "stor text"
    EASY_READ = "easy_read", "lättläst svenska"
    READ_ALOUD = "read_aloud", "uppläst text"
    COMPANION = "companion", "stödperson med vid möten"
    SHORT_MEETINGS = "short_meetings", "korta möten med paus"


class TargetGroup(models.TextChoices):
    """S102–S112. Youth is computed from the birth date, never typed in."""

    UNEMPLOYED_WITH_ASSISTANCE = "unemployed_with_assistance", "arbetslös med försörjningsstöd"
    LONG_TERM_UNEMPLOYED = "long_term_unemployed_6m", "arbetslös sex månader eller mer"
    YOUTH_20_24 = "youth_20_24", "ungdom 20–24 år"
    FAMILY_WITH_CHILDREN = "family_with_children", "barnfamilj"
    LONG_TERM_ASSISTANCE = "long_term_assistance", "långvarigt försörjningsstöd"
    ZERO_SGI = "zero_sgi", "nollplacerad (saknar SGI)"
    EXPIRED_SICKNESS_BENEFIT = "expired_sickness_benefit", "utförsäkrad"
    FOREIGN_BORN = "foreign_born", "utrikes född"
    IN_ADDICTION_PROGRAMME = "in_addiction_programme", "deltar i program mot missbruk"
    REDUCED_WORK_ABILITY = "reduced_work_ability", "nedsatt arbetsförmåga"

    @classmethod
    def sensitive(cls):
        """Shown only under the health category, never searchable (S104, S106; GDPR art. 9)."""
        return {cls.FOREIGN_BORN, cls.IN_ADDICTION_PROGRAMME, cls.REDUCED_WORK_ABILITY, cls.ZERO_SGI}


class Priority(models.IntegerChoices):
    """The order the municipality decided (S114)."""

    ONE = 1, "1 · arbetssökande med försörjningsstöd"
    TWO = 2, "2 · risk för långtidsarbetslöshet"
    THREE = 3, "3 · övriga arbetssökande"


class ExitReason(models.TextChoices):
    """Where the person went. The first eight are the outcomes of the Flen report (S123–S129)."""

    WORK = "work", "Arbete"
    SUPPORTED_WORK = "supported_work", "Arbete med stöd"
    PES_PROGRAMME = "pes_programme", "AF-insats"
    STUDIES = "studies", "Studier"
    SUPPORT_TO_COMPLETE_STUDIES = "needs_support_complete_studies", "Stöd att fullfölja studier"
    SUPPORT_TO_START_STUDIES = "needs_support_start_basic_studies", "Stöd att påbörja grundstudier"
    REFERRED_TO_PROJECT = "referred_to_project", "Hänvisad till annat projekt"
    LONG_TERM_SUPPORT = "long_term_support", "Långsiktigt stöd"
    OWN_BUSINESS = "own_business", "Eget företag"
    OTHER_BENEFIT = "other_benefit", "Annan ersättning"
    MOVED = "moved", "Flyttat"
    DECEASED = "deceased", "Avliden"
    DECLINED = "declined", "Ville inte fortsätta"
    UNKNOWN = "unknown", "Okänt"
