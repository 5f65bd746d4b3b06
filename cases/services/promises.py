"""What was promised on a day of its own is answered: a referral, and the looks back after a case."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.context import beyond
from audit.models import Action
from cases.content import is_asked
from cases.models import AfterFollowUp, Category, ExitReason, Referral


@transaction.atomic
def send_referral(gate, *, case, **facts):
    """The question is ours; the receiver reads it here only where a consent lets us tell it."""
    gate.require_write(case, Category.WORK)
    referral = Referral(case=case, owner=gate.organisation, sent_by=gate.user, **facts)
    referral.full_clean()
    referral.save()
    return referral


@transaction.atomic
def answer_referral(gate, *, referral, status, answered_on, **said):
    """Answered once; that lays down the reminders by itself."""
    if is_asked(gate, referral) and gate.visible(Referral, referral.case).filter(pk=referral.pk).exists():
        gate.log(Action.CHANGED, referral)
    else:
        gate.require_write(referral)
    if answered_on < referral.sent_on:
        raise ValidationError({"answered_on": _("Svaret kan inte komma före frågan.")})
    with beyond("side_effect"):
        waiting = Referral.objects.filter(pk=referral.pk, status=Referral.Status.WAITING)
        if not waiting.update(status=status, answered_on=answered_on, recorded_by=gate.user, **said):
            raise ValidationError(_("Remissen är redan besvarad. Läs in sidan igen."), code="answered")


@transaction.atomic
def record_follow_up(gate, *, follow_up, **found):
    """Once, by the organisation that led the case. After a death nobody is looked up again."""
    gate.require_lead(follow_up.case, open_only=False)
    if follow_up.case.is_open:
        raise PermissionDenied("Ärendet är öppet igen. Uppföljningen gäller ett avslutat ärende.")
    undone = AfterFollowUp.objects.filter(case=follow_up.case, done_on=None)
    if not undone.filter(pk=follow_up.pk).update(done_by=gate.user, **found):
        raise ValidationError(_("Uppföljningen är redan gjord. Läs in sidan igen."), code="done")
    if found["occupation"] == ExitReason.DECEASED:
        undone.delete()
