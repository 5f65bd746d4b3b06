"""What was asked and promised: referrals, registrations at AF, looking back after a case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases import content, services
from cases.forms import (
    EndRegistrationForm,
    FollowUpForm,
    PesRegistrationForm,
    ReferralAnswerForm,
    ReferralForm,
)
from cases.models import AfterFollowUp, Category, PesRegistration, Referral


@require_GET
def promises(request, case):
    return render(request, "cases/promises.html", {"case": case, "shown": content.build_promises(request.gate, case)})


@require_http_methods(["GET", "POST"])
def refer(request, case):
    if not request.gate.may_write(case, Category.WORK):
        raise PermissionDenied("Du kan läsa remisserna men inte skicka en ny.")
    form = ReferralForm(
        request.POST or None,
        today=request.gate.day,
        answer_due_on=content.answer_wanted_on(request.gate, case),
        receivers=content.organisations_around(request.gate, case),
    )
    if form.is_valid():
        services.send_referral(request.gate, case=case, **form.facts)
        messages.success(request, "Remissen är antecknad. Du får en bevakning om svaret dröjer.")
        return redirect("cases:promises", case.pk)
    return render(request, "cases/refer.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def answer_referral(request, case, referral_id):
    referral = _row(request, case, Referral, referral_id)
    by_us = request.user.full_name if referral.receiver_id == request.gate.organisation.pk else ""
    form = ReferralAnswerForm(request.POST or None, today=request.gate.day, sent_on=referral.sent_on, by_us=by_us)
    if form.is_valid():
        try:
            services.answer_referral(request.gate, referral=referral, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Svaret är antecknat.")
            return redirect("cases:promises", case.pk)
    elif not content.may_answer(request.gate, referral):
        raise PermissionDenied("Remissen är redan besvarad, eller så är det inte er sak att svara.")
    return render(request, "cases/answer_referral.html", {"case": case, "form": form, "referral": referral})


@require_http_methods(["GET", "POST"])
def follow_up(request, case, follow_up_id):
    row = _row(request, case, AfterFollowUp, follow_up_id)
    if case.is_open or not request.gate.may_lead(case, open_only=False):
        raise PermissionDenied("Bara organisationen som ledde ett avslutat ärende följer upp det.")
    form = FollowUpForm(request.POST or None, today=request.gate.day, due_on=row.due_on)
    if form.is_valid():
        try:
            services.record_follow_up(request.gate, follow_up=row, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Uppföljningen efter {row.months} månader är sparad.")
            return redirect("cases:promises", case.pk)
    return render(request, "cases/follow_up.html", {"case": case, "form": form, "row": row})


@require_http_methods(["GET", "POST"])
def register_at_pes(request, case):
    """First the day, then, where a clock starts, a page that says which."""
    if not request.gate.may_lead(case):
        raise PermissionDenied("Bara organisationen som leder ett öppet ärende skriver in på AF.")
    form = PesRegistrationForm(request.POST or None, today=request.gate.day)
    if form.is_valid():
        since = form.cleaned_data["since"]
        foreseen = content.foresee_registration(request.gate, case, since)
        if foreseen.starts and not form.cleaned_data["confirmed"]:
            return render(request, "cases/register_at_pes_confirm.html", {"case": case, "form": form, "will": foreseen})
        try:
            services.register_at_pes(request.gate, case=case, **form.facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Inskrivningen är sparad.")
            return redirect("cases:promises", case.pk)
    return render(request, "cases/register_at_pes.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def end_registration(request, case, registration_id):
    registration = _row(request, case, PesRegistration, registration_id)
    if not registration.writable or registration.until:
        raise PermissionDenied("Inskrivningen är redan avslutad, eller så är den inte er.")
    form = EndRegistrationForm(request.POST or None, today=request.gate.day, since=registration.since)
    if form.is_valid():
        try:
            services.end_registration(request.gate, registration=registration, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Avaktualiseringen är sparad.")
            return redirect("cases:promises", case.pk)
    return render(request, "cases/end_registration.html", {"case": case, "form": form, "registration": registration})


def _row(request, case, model, pk):
    row = request.gate.visible(model, case).filter(pk=pk).first()
    if row is None:
        raise Http404("Sidan finns inte.")
    row.case = case
    return row
