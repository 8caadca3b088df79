"""All addresses of the site."""

from django.urls import include, path

from guides.admin import site
from troubleshooter import errors, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/nested/", include("nested_admin.urls")),
    path("admin/", include("troubleshooter.insights.urls")),
    path("admin/archive/", include("guides.admin.archive")),
    path("admin/", site.urls),
    path("api/v1/", include("troubleshooter.api.urls")),
    path("", include("troubleshooter.wizard.urls")),
    path("", include("troubleshooter.cases.urls")),
    path("", include("troubleshooter.repair_tips.urls")),
    path("", include("guides.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
