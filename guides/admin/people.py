"""Accounts and groups of staff."""

from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from .staff_site import site

site.register(User, UserAdmin)
site.register(Group, GroupAdmin)
