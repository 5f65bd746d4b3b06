"""What is typed at the door."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from accounts import guessing
from accounts.factors import spend_code

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class Labelled:
    """A field says above itself what to write; inside it stands nothing that looks written already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePassword(Labelled, ChangePasswordForm):
    pass


class SetPassword(Labelled, SetPasswordForm):
    pass


class NewPassword(Labelled, ResetPasswordKeyForm):
    pass


class CodeOnce:
    """A code from the app or a recovery code: few tries, counted in the database, and each code once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(label="Kod", max_length=20, widget=forms.TextInput(attrs=CODE))

    def clean_code(self):
        request = get_adapter().request
        guessing.allow(request, self.user.email)
        code = super().clean_code()
        spend_code(self.authenticator, code)
        guessing.forgive(request, self.user.email)
        return code


class CodeForm(CodeOnce, AuthenticateForm):
    pass


class CodeAgainForm(CodeOnce, ReauthenticateForm):
    pass


class FirstCodeForm(ActivateTOTPForm):
    """Proves that the app has understood the secret."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label="Koden som appen visar", max_length=20, widget=forms.TextInput(attrs=CODE)
        )


class AddKeyForm(AddWebAuthnForm):
    """Every key may open without a password: it verifies its person itself, so it is two factors."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"] = forms.CharField(
            label="Vad ska den heta?", max_length=60, required=False, help_text="Till exempel: min tjänstetelefon."
        )
        self.order_fields(["name", "credential"])


class StepUpForm(forms.Form):
    """Asked for in the middle of something: the password, or a code for somebody without a password."""

    bekrafta = forms.CharField(label="Ditt lösenord", strip=False, max_length=200)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["bekrafta"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def clean_bekrafta(self):
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, self.cleaned_data["bekrafta"]):
            raise adapter.validation_error("incorrect_password")
        return ""


class PromiseForm(forms.Form):
    """The text in force, ticked."""

    text: forms.ModelChoiceField = forms.ModelChoiceField(None, widget=forms.HiddenInput)
    promises = forms.BooleanField(
        label="Jag har läst och lovar att följa det här.",
        error_messages={"required": "Kryssa i rutan för att fortsätta, eller logga ut."},
    )

    def __init__(self, *args, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].queryset = texts
