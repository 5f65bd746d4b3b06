"""The fields about a person, shared by the registration and the page that changes them."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.contact import CONTACT, shown_phone, stored_phone, stored_postcode
from cases.models import Individual, Sex, SupportNeed

FACTS = [
    "given_name",
    "family_name",
    "sex",
    "protection",
    "language",
    "interpreter_language",
    "support_needs",
    *CONTACT,
]
LANGUAGES = [
    "svenska", "arabiska", "somaliska", "tigrinja", "dari", "persiska", "engelska", "ukrainska", "kurmanji",
    "sorani", "thailändska", "spanska", "polska", "ryska", "turkiska", "bosniska", "svenskt teckenspråk",
]  # fmt: skip
PROTECTION_HELP = _(
    "Står på personbeviset eller i folkbokföringen. Då sparas ingen adress, telefon eller e-post här,"
    " brev går genom Skatteverket, och bara de som är tilldelade vid namn öppnar ärendet."
)


class PersonForm(forms.Form):
    given_name = forms.CharField(label=_("Förnamn"), max_length=80, error_messages={"required": _("Skriv förnamnet.")})
    family_name = forms.CharField(
        label=_("Efternamn"), max_length=80, error_messages={"required": _("Skriv efternamnet.")}
    )
    sex = forms.ChoiceField(
        label=_("Kön"),
        choices=Sex,
        widget=forms.RadioSelect,
        help_text=_("Som personen själv uppger. Används bara i statistik."),
        error_messages={"required": _("Välj kön, eller att uppgiften saknas.")},
    )
    protection = forms.ChoiceField(
        label=_("Skyddade personuppgifter"),
        choices=Individual.Protection,
        widget=forms.RadioSelect,
        initial=Individual.Protection.NONE,
        help_text=PROTECTION_HELP,
    )
    language = forms.CharField(
        label=_("Språk"), max_length=40, initial="svenska", error_messages={"required": _("Skriv personens språk.")}
    )
    interpreter_language = forms.CharField(
        label=_("Behöver tolk på"),
        max_length=40,
        required=False,
        help_text=_("Lämna tomt om personen inte vill ha tolk."),
    )
    support_needs = forms.MultipleChoiceField(
        label=_("Det här behöver ordnas"), choices=SupportNeed, widget=forms.CheckboxSelectMultiple, required=False
    )
    channel = forms.ChoiceField(
        label=_("Vill ha besked genom"),
        choices=Individual.Channel,
        widget=forms.RadioSelect,
        initial=Individual.Channel.LETTER,
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        error_messages={"invalid": _("Skriv en hel e-postadress, till exempel namn@example.se.")},
    )
    street = forms.CharField(label=_("Adress"), max_length=120, required=False)
    postcode = forms.CharField(label=_("Postnummer"), max_length=10, required=False)
    city = forms.CharField(label=_("Ort"), max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("phone", "postcode", "city", "language", "interpreter_language"):
            self.fields[name].widget.attrs["class"] = "input-short"
        for name in ("language", "interpreter_language"):
            self.fields[name].widget.attrs["list"] = "sprak"
        for name in ("given_name", "family_name", *CONTACT):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_phone(self):
        return stored_phone(self.cleaned_data["phone"])

    def clean_postcode(self):
        return stored_postcode(self.cleaned_data["postcode"])

    def clean(self):
        """Nothing that could lead to a protected person is kept; a channel needs its address."""
        facts = super().clean()
        if facts.get("protection", "none") != Individual.Protection.NONE:
            facts.update(dict.fromkeys(CONTACT, "") | {"channel": Individual.Channel.LETTER})
            return facts
        wanted = {"email": "email", "sms": "phone"}.get(facts.get("channel"))
        if wanted and wanted in facts and not facts[wanted]:
            needs = {"email": _("Skriv e-postadressen som besked ska gå till."), "phone": _("Skriv telefonnumret.")}
            self.add_error(wanted, ValidationError(needs[wanted], code="channel"))
        return facts

    @property
    def person_facts(self):
        return {name: self.cleaned_data[name] for name in FACTS}


class IndividualForm(PersonForm):
    """The same facts later on. `version` is the one the worker had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("version", person_section(), language_section(), contact_section())


class Folded(Div):
    """Fields that seldom are needed: shut until one of them is filled in or wrong."""

    template = "cases/_folded.html"

    def __init__(self, summary, *fields):
        super().__init__(*fields)
        self.summary = summary

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        shown = [form[pointer.name] for pointer in self.get_field_names()]
        self.is_open = any(field.errors or field.value() not in ("", None, [], field.field.initial) for field in shown)
        return super().render(form, context, template_pack, **kwargs)


def section(title, *fields):
    return Fieldset(title, *fields, css_class="form-section form-compact")


def pair(*fields, short=False):
    """Two fields that belong together, on one row; `short`: narrow enough for that on a telephone too."""
    return Div(*fields, css_class="form-pair form-pair-short" if short else "form-pair")


def person_section():
    return section(_("Personen"), pair("given_name", "family_name", short=True), "sex", "protection")


def language_section():
    support = Folded(_("Något behöver ordnas, till exempel teckenspråkstolk eller stor text"), "support_needs")
    return section(_("Språk och stöd"), pair("language", "interpreter_language"), support)


def contact_section():
    fields = Div(
        "channel", pair("phone", "email"), "street", pair("postcode", "city", short=True), css_class="contact-fields"
    )
    return section(_("Kontakt"), fields, HTML('{% include "cases/_no_contact.html" only %}'))


def bare_helper(*parts):
    """The template owns the form element, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*parts)
    return helper


def facts_of(individual):
    """Initial values for a person we already know."""
    contact = individual.contact
    facts = {name: getattr(contact if name in CONTACT else individual, name) for name in FACTS}
    return facts | {"phone": shown_phone(contact.phone)}
