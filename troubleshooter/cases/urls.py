"""The addresses of what readers tell us."""

from django.urls import path

from troubleshooter.cases import flagging

app_name = "cases"

urlpatterns = [
    path("flag/", flagging.flag, name="flag"),
    path("flag/thanks/", flagging.thanks, name="thanks"),
]
