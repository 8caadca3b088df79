"""How time and room grow with the content, from ten guides to ten thousand, and what pages cost.

Django is made ready here: every process that measures a part of it imports this package first.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
