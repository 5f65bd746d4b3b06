"""The closed lists that notices and messages share."""

from django.db import models


class Kind(models.TextChoices):
    """What a notice or message is about. Titles are neutral: never what the case is about."""

    FIRST_MEETING = "first_meeting", "Första mötet är inte bokat"
    CONSENT_EXPIRES = "consent_expires", "Samtycke går ut"
    CONSENT_ENDED = "consent_ended", "Samtycke gäller inte längre"
    TOLD_BY_LAW = "told_by_law", "Uppgift lämnad med stöd av lag"
    EMERGENCY = "emergency", "Nödåtkomst till ett ärende"
    ASSIGNED = "assigned", "Nytt ärende till dig"
    ACCESS = "access", "Fråga om åtkomst"
    ASSIGNMENT_ENDS = "assignment_ends", "Tilldelning går ut"
    HANDED_OVER = "handed_over", "Ärenden överlämnade till dig"
    MEETING_PROPOSED = "meeting_proposed", "Förslag på mötestider"
    MEETING_BOOKED = "meeting_booked", "Kallelse till möte"
    MEETING_CHANGED = "meeting_changed", "Möte ändrat"
    MEETING_CANCELLED = "meeting_cancelled", "Möte inställt"
    REMINDER = "reminder", "Påminnelse om möte"
    REPLY = "reply", "Svar på kallelse"
    MINUTES_SHARED = "minutes_shared", "Protokoll att läsa"
    MINUTES_CORRECTED = "minutes_corrected", "Rättat protokoll att läsa"
    NO_OUTCOME = "no_outcome", "Möte utan resultat"
    MILESTONE_DUE = "milestone_due", "Delmål förfaller"
    FOLLOW_UP = "follow_up", "Uppföljning"
    SIGNAL = "signal", "Något nytt i ett ärende"
    REFERRAL_ANSWER = "referral_answer", "Remiss utan svar"
    NEED_DUE = "need_due", "Behov utan svar"
    NEED_ANSWERED = "need_answered", "Behov besvarat"
    AGREEMENT_ASKED = "agreement_asked", "Ny planversion att ta ställning till"
    NO_SHOW = "no_show", "Kom inte till möte"
    REPORT_READY = "report_ready", "Månadsrapport klar att läsa"
    REPORT_ISSUED = "report_issued", "Månadsrapport utfärdad"
    MESSAGE_FAILED = "message_failed", "Utskick kom inte fram"
    UNUSUAL_READING = "unusual_reading", "Ovanligt mycket läsning"
    LOG_REVIEW = "log_review", "Logggranskning"
    LOG_BROKEN = "log_broken", "Loggen är inte som den skrevs"
    FACTORS = "factors", "Din inloggning har ändrats"
    OWN = "own", "Egen bevakning"


class Channel(models.TextChoices):
    EMAIL = "email", "e-post"
    SMS = "sms", "sms"
    LETTER = "letter", "brev"
