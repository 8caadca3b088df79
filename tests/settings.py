"""The settings of a development start, with what tests need: a database file, and passwords that are quick to check."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEBUG", "1")

from troubleshooter.settings import *  # noqa: F403
from troubleshooter.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: the threads of a live server would share the one connection of a database in memory.
    # Its own folder each time: two runs at once must not meet, and what SQLite writes beside it goes with it.
    folder = tempfile.TemporaryDirectory(prefix="troubleshooter-tests-")
    DATABASES["default"]["TEST"] = {"NAME": str(Path(folder.name) / "test.sqlite3")}
