"""Lists of host names as people type them, one a line: checked, and written in one way."""

from __future__ import annotations

import ipaddress
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_PRIVATE = (
    *("local", "localhost", "localdomain", "internal", "intranet", "private", "lan", "home", "corp"),
    *("home.arpa", "onion"),
)
"""Ends of names that only mean something inside one network."""

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_MAX_NAME = 253


def tidied(text: str) -> str:
    """The names in lower case, each once, one a line. Raises ValidationError with a sentence for every wrong line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    names, wrong = [], []
    for line in lines:
        try:
            names.append(_name(line))
        except ValidationError as error:
            wrong.append(error)
    if wrong:
        raise ValidationError(wrong)
    return "\n".join(dict.fromkeys(names))


def _name(line: str) -> str:
    name = line.lower().removesuffix(".")
    if why := _is_more_than_a_name(name) or _is_no_public_name(_ascii(name)):
        raise ValidationError("%(line)s: %(why)s", params={"line": line[:80], "why": why})
    return _ascii(name)


def _is_more_than_a_name(name: str) -> str:
    """What stands around the name that must not, as a sentence; "" for nothing."""
    if _is_ip_address(name):
        return _("this is an IP address. Write a name, such as contoso.com.")
    if "/" in name:
        return _("write only the name, without https:// and without a path.")
    if "@" in name:
        return _("write only what stands after the @.")
    if ":" in name:
        return _("leave out the port.")
    if "*" in name:
        return _("a * is not understood. Write every name in full.")
    if len(name.split()) > 1 or "," in name or ";" in name:
        return _("write each name on a line of its own.")
    return ""


def _is_no_public_name(name: str) -> str:
    labels = name.split(".")
    if len(name) > _MAX_NAME or not all(map(_LABEL.fullmatch, labels)):
        return _("this is no name of a site. Write it like contoso.com.")
    if len(labels) == 1:
        return _("this name only means something in your own network. Write the full name, with a dot.")
    if labels[-1][0].isdigit():
        return _("this is no name of a site. Write it like contoso.com.")
    if any(name.endswith(f".{end}") for end in _PRIVATE):
        return _("this name only means something inside one network. Write a public name.")
    return ""


def _is_ip_address(name: str) -> bool:
    host = name.partition("://")[2].partition("/")[0] or name
    host = host[1:].partition("]")[0] if host.startswith("[") else host
    for candidate in (host, host.partition(":")[0]):
        try:
            ipaddress.ip_address(candidate)
        except ValueError:
            continue
        return True
    return False


def _ascii(name: str) -> str:
    """A name with letters of other alphabets as mail and the web write it."""
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
