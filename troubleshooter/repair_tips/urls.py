"""The addresses of repair tips: how to get them, and how to turn them off."""

from django.urls import URLPattern

app_name = "repair_tips"

urlpatterns: list[URLPattern] = []
