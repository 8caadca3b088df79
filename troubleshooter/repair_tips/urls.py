"""The addresses of repair tips: how to get them, and how to turn them off."""

from django.urls import path

from troubleshooter.repair_tips import turning, views

app_name = "repair_tips"

urlpatterns = [
    path("help/repair-tips/", views.how_to, name="how_to"),
    path("tips/<str:token>/", turning.tips, name="tips"),
    path("tips/<str:token>/off/", turning.off, name="off"),
]
