"""The application `cases`."""

from django.apps import AppConfig


class Cases(AppConfig):
    name = "troubleshooter.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
