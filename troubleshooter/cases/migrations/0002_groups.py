"""The four groups of staff. Each may do what the one before it may, and more."""

from django.conf import settings
from django.db import migrations

KNOWLEDGE = ("guide", "mitigation", "notice", "question", "errorcode", "problemtype", "helplink")
PARTS = (
    *("category", "cause", "choice", "codealias", "expectation", "guidemitigation", "guidenotice"),
    *("message", "phrase", "sample", "source", "step"),
)
AGENTS = (
    *(f"guides.view_{model}" for model in (*KNOWLEDGE, *PARTS, "revision")),
    "guides.see_internal_notes",
    "guides.make_ticket_links",
)
CURATORS = (
    *AGENTS,
    *(f"guides.{action}_{model}" for action in ("add", "change", "delete") for model in (*KNOWLEDGE, *PARTS)),
    "guides.see_reports",
    *("guides.view_missedsearch", "guides.change_missedsearch"),
    *("cases.view_unrecognisederror", "cases.change_unrecognisederror"),
    *("cases.view_flag", "cases.change_flag", "cases.view_outcome"),
)
PUBLISHERS = (*CURATORS, "guides.publish_content", "guides.import_content")
ADMINISTRATORS = (
    *PUBLISHERS,
    *("auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group", "admin.view_logentry"),
    *(f"repair_tips.{action}_sender" for action in ("view", "add", "change")),
    *("repair_tips.view_letter", "repair_tips.change_letter"),
    *(f"api.{action}_apikey" for action in ("view", "add", "change")),
)
GROUPS = {"Agents": AGENTS, "Curators": CURATORS, "Publishers": PUBLISHERS, "Administrators": ADMINISTRATORS}


def create_groups(apps, schema_editor):
    known = {}
    for label in ("guides", "cases", "auth", "admin", "repair_tips", "api"):
        for model in apps.get_app_config(label).get_models():
            for codename, name in _permissions(model):
                known[f"{label}.{codename}"] = (model._meta.model_name, name)
    group_model = apps.get_model("auth", "Group")
    for name, permissions in GROUPS.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, key, *known[key]) for key in permissions))


def _permissions(model):
    """What Django's own bookkeeping creates after all migrations; here it is needed sooner."""
    options = model._meta
    for action in options.default_permissions:
        yield f"{action}_{options.model_name}", f"Can {action} {options.verbose_name_raw}"
    yield from options.permissions


def _permission(apps, key, model_name, name):
    label, codename = key.split(".")
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=label, model=model_name
    )
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0001_initial"),
        ("guides", "0002_help_form"),
        ("repair_tips", "0001_initial"),
        ("api", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # The groups stay when this is undone: people may be in them.
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
