"""The settings of a development start, and passwords that are quick to check."""

import os

os.environ.setdefault("DEBUG", "1")

from troubleshooter.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

MAIL_WORKER = True
"""No thread sends letters beside the tests; they do it themselves."""
