"""The settings of a development start, with what tests need: a database file, and passwords that are quick to check."""

import os

os.environ.setdefault("DEBUG", "1")

from troubleshooter.settings import *  # noqa: F403
from troubleshooter.settings import BASE_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: the threads of a live server would share the one connection of a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(BASE_DIR / "test.sqlite3")}
