"""The application `insights`."""

from django.apps import AppConfig


class Insights(AppConfig):
    name = "troubleshooter.insights"
    label = "insights"
