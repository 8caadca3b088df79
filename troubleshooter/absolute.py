"""Absolute addresses of our own pages: for tickets, letters and other programs."""

from django.conf import settings
from django.http import HttpRequest


def root_of(request: HttpRequest) -> str:
    """Scheme and host of our own site, as the settings say or the request has it, without a slash at the end."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
