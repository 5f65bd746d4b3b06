"""Log-in by e-mail that brings the workplace along in the same query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import ConductText, User


class WorkplaceBackend(AuthenticationBackend):
    """Every request needs the user's organisation and unit: one query instead of four. No object permissions here.

    `owes_promise` comes along: a user who has not accepted the text in force reaches nothing else.
    """

    def get_user(self, user_id):
        owed = ConductText.objects.unpromised(OuterRef(OuterRef("pk")), timezone.localdate())
        user = User.objects.with_workplace().annotate(owes_promise=Exists(owed)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def has_module_perms(self, user_obj, app_label):
        return False
