"""Addresses of the public pages of the knowledge."""

from django.urls import path

from guides.pages import codes, guide, references, search, sitemap

app_name = "guides"

urlpatterns = [
    path("guides/", guide.all_guides, name="list"),
    path("guides/<slug:slug>/", guide.guide, name="guide"),
    path("g/<str:reference>/", references.reference, name="reference"),
    path("g/<str:reference>/<str:part>/", references.reference_part, name="reference_part"),
    path("codes/", codes.all_codes, name="codes"),
    path("codes.json", codes.codes_as_json, name="codes_json"),
    path("codes/<str:token>/", codes.code, name="code"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("search/", search.search, name="search"),
]
