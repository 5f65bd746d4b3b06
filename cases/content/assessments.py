"""The kartläggning as it is shown: the newest, an earlier one, and what has changed."""

from dataclasses import dataclass

from cases.models import Assessment, AssessmentTemplate, Category


@dataclass(frozen=True)
class Line:
    """One question. `change` is the difference on the scale; None when either has no figure."""

    area: str
    question: str
    then: object
    now: object

    @property
    def change(self):
        if not (self.then and self.now and self.then.scale and self.now.scale):
            return None
        return self.now.scale - self.then.scale


@dataclass(frozen=True)
class Comparison:
    newest: Assessment | None
    other: Assessment | None
    earlier: list[Assessment]
    lines: list[Line]
    hides_health: bool


def current_template(gate):
    return (
        AssessmentTemplate.objects.filter(valid_from__lte=gate.day).order_by("-valid_from", "-version", "-pk").first()
    )


def compare_assessments(gate, case, other_id=None):
    """`other_id`: the text from the address; anything that is no earlier kartläggning here means the one before."""
    rows = list(gate.visible(Assessment, case).select_related("made_by__organisation", "template"))
    newest, earlier = (rows[0], rows[1:]) if rows else (None, [])
    other = next((row for row in earlier if str(row.pk) == other_id), earlier[0] if earlier else None)
    knows_health = gate.knows(case, Category.HEALTH)
    now, then = _answers(newest, knows_health), _answers(other, knows_health)
    return Comparison(
        newest=newest,
        other=other,
        earlier=earlier,
        lines=[
            Line(question["area"], question["text"], then.get(question["code"]), now.get(question["code"]))
            for question in (newest.template.questions if newest else [])
            if question["code"] in now or question["code"] in then
        ],
        hides_health=not knows_health,
    )


def _answers(assessment, knows_health):
    if assessment is None:
        return {}
    rows = assessment.answers.all() if knows_health else assessment.answers.filter(restricted=False)
    return {row.question: row for row in rows}
