"""Taking everything out as an archive, and bringing an archive in: checked first, then imported before one's eyes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import replace
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guides import publishing
from guides.exchange import archive, transfer
from guides.models import Upload
from guides.parsing import DocumentError

from . import trail
from .publish import linked
from .staff_site import site

TAKE_OUT = ("guides.see_reports", "guides.change_guide")
BRING_IN = ("guides.import_content",)
_HERE = "<!-- grows here -->"
"""Stands in the template of the import page where its lines go."""
_LINES_A_PHASE = 10


class ArchiveForm(forms.Form):
    archive = forms.FileField(
        label=gettext_lazy("Archive"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": gettext_lazy("Choose an archive first."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_archive(self) -> Any:
        """The file, which holds an archive that can be read."""
        file = self.cleaned_data["archive"]
        if file.size > archive.MAX_UPLOAD:
            most = archive.MAX_UPLOAD // 1024 // 1024
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        try:
            archive.read(file.read())
        except DocumentError as error:
            raise forms.ValidationError(error.problems) from None
        return file


def staff_with(*permissions: str) -> Callable[[Any], Any]:
    """Decorator of a view for staff who have one of these permissions; others who are signed in get 403."""

    def decorated(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not _may(request, permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return site.admin_view(guarded)

    return decorated


@staff_with(*TAKE_OUT, *BRING_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Both ways on one page. POST takes an archive and leads to what its import would do."""
    if request.method != "POST":
        return _start_page(request, ArchiveForm())
    if not _may(request, BRING_IN):
        raise PermissionDenied
    form = ArchiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _start_page(request, form)
    upload = Upload.keep(request.user, form.cleaned_data["archive"])
    return HttpResponseRedirect(reverse("archive:check", args=[upload.pk]))


@staff_with(*TAKE_OUT)
@require_safe
def export(request: HttpRequest, what: str) -> HttpResponse:
    """The archive of what readers see (“live”) or of all drafts (“drafts”); notes only for those who may see them."""
    try:
        content = transfer.all_drafts() if what == "drafts" else transfer.all_live()
    except DocumentError as error:
        return _start_page(request, ArchiveForm(), incomplete=linked(error.problems))
    if not _may(request, ("guides.see_internal_notes",)):
        content = replace(content, staff={})
    response = HttpResponse(archive.write(content), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="guides-{what}.zip"'
    return response


@staff_with(*BRING_IN)
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What importing an archive would do."""
    upload = _upload(request, pk)
    plan = transfer.plan(archive.read(bytes(upload.content)))
    return render(
        request, "admin/archive/check.html", _context(request, _("Check the import"), upload=upload, plan=plan)
    )


@staff_with(*BRING_IN)
@require_POST
def bring_in(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Import an archive, with a page that grows while this goes on. Whoever closes it early undoes everything."""
    upload = _upload(request, pk)
    page = render_to_string("admin/archive/import.html", _context(request, _("Import")), request)
    response = StreamingHttpResponse(_growing(request, upload, page))
    response["X-Accel-Buffering"] = "no"  # or a proxy would hold the page back until it is complete
    return response


@staff_with(*BRING_IN)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    _upload(request, pk).delete()
    return HttpResponseRedirect(reverse("archive:start"))


def _growing(request: HttpRequest, upload: Upload, page: str) -> Iterator[str]:
    head, _here, foot = page.partition(_HERE)
    yield head
    done, problems = None, []
    try:
        done = yield from _imported(request, upload)
    except (DocumentError, publishing.PublishError) as refusal:
        problems = refusal.problems
    except OperationalError:
        problems = [_("The database is busy: somebody else is publishing or importing. Try again in a minute.")]
    yield render_to_string("admin/archive/_done.html", {"done": done, "problems": problems, "upload": upload})
    yield foot


def _imported(request: HttpRequest, upload: Upload) -> Generator[str, None, transfer.Done]:
    """Lines about how far the import is; at last what was done. One transaction lasts until then."""
    with transaction.atomic():
        content = archive.read(bytes(upload.content))
        why = _("Imported from %(name)s") % {"name": upload.name[:200]}
        done = yield from _told(transfer.importing(content, request.user, why))  # type: ignore[arg-type]
        counts = {"name": upload.name, "documents": done.documents, "published": len(done.revisions)}
        trail.record(request, upload, _("Imported %(documents)s documents, %(published)s published.") % counts)
        upload.delete()
    return done


def _told(work: publishing.Work[transfer.Done]) -> Generator[str, None, transfer.Done]:
    """A few lines for each phase of the work; its result."""
    last = None
    with closing(work):  # so that it ends before the transaction around it when nobody listens any more
        while True:
            try:
                progress = next(work)
            except StopIteration as end:
                return end.value
            told = (progress.phase, progress.done * _LINES_A_PHASE // max(1, progress.of))
            if told != last:
                last = told
                yield render_to_string("admin/archive/_progress.html", {"progress": progress})


def _may(request: HttpRequest, permissions: tuple[str, ...]) -> bool:
    return any(request.user.has_perm(permission) for permission in permissions)


def _upload(request: HttpRequest, pk: int) -> Upload:
    """The archive, if this person uploaded it and it is not too old."""
    return get_object_or_404(Upload.of(request.user), pk=pk)


def _start_page(
    request: HttpRequest, form: ArchiveForm, incomplete: list[dict[str, str]] | None = None
) -> HttpResponse:
    context = _context(
        request,
        _("Export and import"),
        form=form,
        incomplete=incomplete,
        may_take_out=_may(request, TAKE_OUT),
        may_bring_in=_may(request, BRING_IN),
    )
    return render(request, "admin/archive/start.html", context)


def _context(request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
    return {**site.each_context(request), "title": title, "subtitle": None, **more}


app_name = "archive"
urlpatterns = [
    path("", start, name="start"),
    path("live/", export, {"what": "live"}, name="live"),
    path("drafts/", export, {"what": "drafts"}, name="drafts"),
    path("<int:pk>/", check, name="check"),
    path("<int:pk>/import/", bring_in, name="import"),
    path("<int:pk>/discard/", discard, name="discard"),
]
