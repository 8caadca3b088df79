"""The addresses of the staff start page, of the figures and of the reports."""

from django.urls import path

from troubleshooter.insights import flow, start, views
from troubleshooter.insights.figures import pages

app_name = "insights"

urlpatterns = [
    path("", start.start, name="start"),
    path("insights/", pages.figures, name="figures"),
    path("insights/days.csv", pages.days, name="figures_days"),
    path("insights/guides.csv", pages.guides, name="figures_guides"),
    path("insights/guides/<slug:reference>/", pages.guide, name="figures_guide"),
    path("reports/", views.overview, name="overview"),
    path("reports/flow/", flow.flow, name="flow"),
    path("reports/<slug:slug>.csv", views.export, name="export"),
    path("reports/<slug:slug>/", views.report, name="report"),
    path("reports/<slug:slug>/<int:pk>/aside/", views.set_aside, name="set_aside"),
]
