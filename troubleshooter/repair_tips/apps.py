"""The application `repair_tips`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepairTips(AppConfig):
    name = "troubleshooter.repair_tips"
    label = "repair_tips"
    verbose_name = _("Repair tips")
    default_auto_field = "django.db.models.BigAutoField"
