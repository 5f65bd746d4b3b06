"""The pages of cases."""

from cases.views.registration import co_applicant, register, register_details, register_preview

__all__ = ["co_applicant", "register", "register_details", "register_preview"]
