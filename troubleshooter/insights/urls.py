"""The addresses of the staff start page and of the reports."""

from django.urls import path

from troubleshooter.insights import flow, start, views

app_name = "insights"

urlpatterns = [
    path("", start.start, name="start"),
    path("reports/", views.overview, name="overview"),
    path("reports/flow/", flow.flow, name="flow"),
    path("reports/<slug:slug>.csv", views.export, name="export"),
    path("reports/<slug:slug>/", views.report, name="report"),
    path("reports/<slug:slug>/<int:pk>/aside/", views.set_aside, name="set_aside"),
]
