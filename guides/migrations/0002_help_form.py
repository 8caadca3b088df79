"""The form of the help page, its links elsewhere, and the rows with which a new installation begins."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

SUPPORT = "https://flow.microsoft.com/support/"

# Problem type: its categories, each as (name, the answer that choosing it gives, references of guides).
FORM = {
    "Running a flow": (
        ("A flow that is turned off", "flow-on=no", ["FLOW-3"]),
        ("A flow that is too slow", "", ["FLOW-4"]),
        ("A flow that fails only now and then", "how-often=now-and-then", ["FLOW-13"]),
        ("A step that fails", "", ["FLOW-12", "FLOW-11"]),
    ),
    "An app that starts a flow": (
        ("An error in the app", "", ["FLOW-1", "FLOW-8", "FLOW-9"]),
        ("A blank or missing value", "", ["FLOW-10"]),
        ("A flow that cannot be installed", "", ["FLOW-5"]),
        ("A flow that was changed after the app was published", "", ["FLOW-8", "FLOW-9", "FLOW-10"]),
    ),
    "Connections": (
        ("A connection that needs a new sign-in", "connection-warning=yes", ["FLOW-11"]),
        ("Permission to use a connection", "", ["FLOW-2"]),
        ("A connection that is missing or was exchanged", "", ["FLOW-1", "FLOW-9", "FLOW-6"]),
        ("A changed run-only setting or SQL connection", "what-changed=run-only", ["FLOW-7"]),
    ),
    "Solutions and environments": (
        ("Trouble since a solution was imported", "after-import=yes", ["FLOW-6", "FLOW-3"]),
        ("Works in the source, fails in the target", "fails-where=target-only", ["FLOW-6", "FLOW-7", "FLOW-3"]),
    ),
    "Errors with a number": (
        ("401, 403, Unauthorized or Forbidden", "error-shows=auth", ["FLOW-11", "FLOW-2"]),
        ("400, 404, Bad request or Not found", "error-shows=request", ["FLOW-12"]),
        ("500, 502 or Bad gateway", "error-shows=server", ["FLOW-13", "FLOW-4"]),
    ),
}

# (kind, name, address, what to do there)
LINKS = (
    (
        "self-help",
        "Power Automate support site",
        SUPPORT,
        "Look for **Self Help** and choose what fits you best.",
    ),
    (
        "self-help",
        "Microsoft’s own article on failed flows",
        "https://learn.microsoft.com/power-automate/fix-flow-failures",
        "It says where to look in the portal, and what common errors mean.",
    ),
    (
        "ask",
        "Power Automate support site",
        SUPPORT,
        "1. Under **Ask for help**, select **Contact Support**.\n"
        "2. Fill in **Problem type**, **Category** and **Tell us what you need help with**. "
        "Put the text of your ticket into the last one.\n"
        "3. Select **See solutions** and read the **Solutions** that appear below.",
    ),
    (
        "community",
        "Power Automate community",
        "https://go.microsoft.com/fwlink/?LinkID=787467",
        "Somebody may have had the same problem. Remove names, emails and passwords before you post.",
    ),
)


def add_starter_rows(apps, schema_editor):
    problem_type, category, link = (apps.get_model("guides", name) for name in ("ProblemType", "Category", "HelpLink"))
    for order, (name, categories) in enumerate(FORM.items(), 1):
        row = problem_type.objects.create(name=name, order=10 * order)
        for position, (title, answer, references) in enumerate(categories):
            question, _, choice = answer.partition("=")
            category.objects.create(
                problem_type=row, position=position, name=title, question=question, choice=choice, guides=references
            )
    for order, (kind, name, url, about) in enumerate(LINKS, 1):
        link.objects.create(kind=kind, name=name, url=url, about=about, order=10 * order)


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('self-help', 'Help yourself'), ('ask', 'Ask for help'), ('community', 'Ask the community')], help_text='The heading that it stands below.', max_length=20)),
                ('name', models.CharField(help_text='What the link says.', max_length=80)),
                ('url', models.URLField(max_length=500, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address')),
                ('about', models.TextField(blank=True, help_text='What to do there. Markdown: **Contact Support** is shown bold.', max_length=1000)),
                ('order', models.PositiveIntegerField(default=100, help_text='The lower number stands first.')),
            ],
            options={
                'verbose_name': 'link to help',
                'verbose_name_plural': 'links to help',
                'ordering': ['kind', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProblemType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='A few plain words, such as “Connections”.', max_length=60, unique=True)),
                ('order', models.PositiveIntegerField(default=100, help_text='The lower number stands first.')),
            ],
            options={
                'verbose_name': 'problem type',
                'ordering': ['order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=80)),
                ('question', models.CharField(blank=True, max_length=80)),
                ('choice', models.CharField(blank=True, max_length=80)),
                ('guides', models.JSONField(blank=True, default=list, help_text='References of guides that are shown last, when nothing else speaks for them: FLOW-3.')),
                ('problem_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='guides.problemtype')),
            ],
            options={
                'verbose_name': 'category',
                'verbose_name_plural': 'categories',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('problem_type', 'name'), name='category_once_per_problem_type')],
            },
        ),
        migrations.RunPython(add_starter_rows, migrations.RunPython.noop),
    ]
