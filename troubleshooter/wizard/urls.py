"""The addresses of the wizard."""

from django.urls import path

from troubleshooter.wizard import help, views

app_name = "wizard"

urlpatterns = [
    path("", views.home, name="home"),
    path("diagnose/", views.diagnose, name="diagnose"),
    path("help/", help.help_page, name="help"),
    path("help/solutions/", help.solutions, name="solutions"),
    path("_/read/", views.read, name="read"),
]
