"""What is written down: notes that lock, and the kartläggning that is made anew each time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.context import beyond
from cases.editing import EditedMeanwhile
from cases.models import Assessment, AssessmentAnswer, Category, Deadline, DeadlineRule, Note

LOCKED = _("Anteckningen är låst. Skriv en rättelse i stället.")


@transaction.atomic
def write_note(gate, *, case, is_final, corrects=None, **facts):
    """A note of our own organisation. A correction is a new note beside the one it corrects."""
    gate.require_write(case)
    if corrects is not None and (corrects.owner_id != gate.organisation.pk or corrects.final_at is None):
        raise ValidationError(_("Bara en låst anteckning i er egen organisation kan rättas."))
    note = Note(case=case, owner=gate.organisation, written_by=gate.user, corrects=corrects, **facts)
    note.final_at = timezone.now() if is_final else None
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def change_note(gate, *, note, version, is_final, **facts):
    """Only a draft is changed. Raises EditedMeanwhile when somebody else saved first."""
    gate.require_write(note)
    draft = Note.objects.filter(pk=note.pk, final_at=None)
    if not draft.exists():
        raise ValidationError(LOCKED, code="locked")
    final_at = timezone.now() if is_final else None
    if not draft.filter(version=version).update(version=F("version") + 1, final_at=final_at, **facts):
        raise EditedMeanwhile


@transaction.atomic
def make_assessment(gate, *, case, template, made_on, own_words, answers):
    """A new kartläggning. `answers`: (question code, text, scale or None, is about health). It meets the lead's promise
    of one, whoever of the parties makes it."""
    gate.require_write(case, Category.ASSESSMENT)
    assessment = Assessment(
        case=case, owner=case.organisation, template=template, made_on=made_on, made_by=gate.user,
        own_words=own_words, completed_on=made_on,
    )  # fmt: skip
    assessment.full_clean()
    assessment.save()
    AssessmentAnswer.objects.bulk_create(
        AssessmentAnswer(assessment=assessment, question=code, text=text, scale=scale, restricted=restricted)
        for code, text, scale, restricted in answers
    )
    promised = Deadline.objects.filter(case=case, rule__code=DeadlineRule.Code.ASSESSMENT)
    with beyond("side_effect"):
        promised.meet(on=made_on, by=f"assessment:{assessment.pk}")
    return assessment
