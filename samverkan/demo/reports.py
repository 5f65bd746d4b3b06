"""Two months that the project leader has already issued; last month's is left for the beat to open."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from notices.models import Document
from notices.wake import wake
from reports import freezing, tasks
from reports.models import MonthlyReport
from reports.statistics import first_day, last_day, month_before
from reports.wording import month_name

COMMENTS = {
    3: (
        "Semestrar gjorde att flera första möten fick vänta. Från och med nästa månad bokar vi tider gemensamt.",
        "Gemensamma tider för första möten, två förmiddagar i veckan.",
    ),
    2: (
        "Den gemensamma bokningen av tider har gjort skillnad. Återkopplingen efter mötena görs oftast samma dag.",
        "Daglig sysselsättning med språkstöd: svar behövs före årsskiftet.",
    ),
}


def load_reports(place, today):
    for back, (comment, asks) in COMMENTS.items():
        month = month_before(first_day(today), back)
        report = MonthlyReport.objects.create(
            municipality=place.flen, month=month, comment=comment, asks=asks, requested_by=place.petra
        )
        freezing.freeze(report.pk)
        _issue(place, report, last_day(month) + timedelta(days=2))


def _issue(place, report, day):
    document = Document.objects.ask(
        kind=Document.Kind.MONTHLY_REPORT,
        title=f"Månadsrapport {place.flen} {month_name(report.month)}, version 1",
        requested_by=place.petra,
        object_id=report.pk,
    )
    issued_at = timezone.make_aware(datetime.combine(day, time(9, 30)))
    MonthlyReport.objects.filter(pk=report.pk).update(
        state=MonthlyReport.State.ISSUED,
        frozen_at=issued_at - timedelta(days=1),
        issued_at=issued_at,
        issued_by=place.petra,
        document=document,
    )
    wake(tasks.render_monthly_report, document.pk)
