"""README tells the truth: what it names is there."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, resolve

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([^`\n]+)`", README)))
PATHS = [name for name in NAMED if re.fullmatch(r"[\w.-]+(/[\w.-]*)+|[\w-]+\.(py|md|toml)", name)]
ADDRESSES = [name.split("?")[0] for name in NAMED if name.startswith("/")]


@pytest.mark.parametrize("path", PATHS)
def test_every_file_and_folder_named_is_there(path: str) -> None:
    places = (settings.BASE_DIR / path, settings.BASE_DIR / "troubleshooter" / path)
    assert any(place.exists() for place in places)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z-]+)", README))))
def test_every_make_target_named_is_there(target: str) -> None:
    makefile = (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"manage\.py ([a-z_]+)", README))))
def test_every_management_command_named_is_there(command: str) -> None:
    assert command in get_commands()


@pytest.mark.parametrize("variable", sorted(set(re.findall(r"^\| `([A-Z_]+)`", README, re.MULTILINE))))
def test_every_setting_named_is_read_by_the_settings(variable: str) -> None:
    assert f'"{variable}"' in (settings.BASE_DIR / "troubleshooter" / "settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_named_leads_to_a_page(address: str) -> None:
    try:
        resolve(address)
    except Resolver404:
        pytest.fail(f"{address} is no address of this site")


def test_readme_names_something_of_each_kind() -> None:
    assert len(PATHS) > 8
    assert len(ADDRESSES) > 3
