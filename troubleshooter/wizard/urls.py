"""The addresses of the wizard."""

from django.urls import path

from troubleshooter.wizard import views

app_name = "wizard"

urlpatterns = [
    path("", views.home, name="home"),
    path("diagnose/", views.diagnose, name="diagnose"),
    path("_/read/", views.read, name="read"),
]
