"""The staff pages of a test: a form for it, and what arrives, as text and as the HTML that mail programs show."""

from __future__ import annotations

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guides import knowledge
from guides.admin import site, trail
from troubleshooter.absolute import root_of
from troubleshooter.repair_tips import letters, trial
from troubleshooter.repair_tips.intake import NotTakenError
from troubleshooter.repair_tips.models import Letter, Sender
from troubleshooter.repair_tips.reports import MAX_ADDRESS

PERMISSION = "repair_tips.change_sender"
STYLE_ONLY = {
    **{key: [NONE] for key in ("default-src", "base-uri", "form-action", "frame-ancestors")},
    "style-src": [UNSAFE_INLINE],
}
"""What a browser may do with a letter: mail brings its own style, which no other page of the site may."""

for_keepers = permission_required(PERMISSION, raise_exception=True)
"""Who may send mail in the name of a sender."""


class TrialForm(forms.Form):
    """Who gets the letter, and about what."""

    recipient = forms.EmailField(
        label=gettext_lazy("Who gets the letter"),
        max_length=MAX_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "aria-describedby": "recipient-help"}),
        error_messages={
            "required": gettext_lazy("Write the address that gets the letter."),
            "invalid": gettext_lazy("Write one address, such as anna@contoso.com."),
        },
    )
    sample = forms.ChoiceField(
        label=gettext_lazy("What the run failed with"), choices=trial.Sample.choices, widget=forms.RadioSelect
    )

    def __init__(self, sender: Sender, request: HttpRequest) -> None:
        self.sender = sender
        own = getattr(request.user, "email", "")
        initial = {"recipient": own if sender.may_write_to(own) else "", "sample": trial.Sample.KNOWN}
        super().__init__(request.POST if request.method == "POST" else None, initial=initial)

    def clean_recipient(self) -> str:
        recipient: str = self.cleaned_data["recipient"]
        if not self.sender.may_write_to(recipient):
            domains = ", ".join(self.sender.recipient_domains.split())
            raise ValidationError(_("Mail of this sender may only go to %(domains)s."), params={"domains": domains})
        return recipient

    def send(self, root: str) -> Letter | None:
        """Send what was filled in; None where that cannot be, which the form then says."""
        recipient, sample = self.cleaned_data["recipient"], self.cleaned_data["sample"]
        try:
            received = trial.send(self.sender, recipient, sample, root, timezone.now())
        except NotTakenError as error:
            for refused in error.refused:
                self.add_error("recipient" if refused.field == "owner_email" else None, refused.sentence)
            return None
        except trial.NoCodeError:
            self.add_error("sample", _("No live guide has an error code of its own yet. Choose another one."))
            return None
        if received.queued is None:
            self.add_error(None, " ".join(received.notes))
        return received.queued


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in a test and send it."""
    sender = get_object_or_404(Sender, pk=pk)
    form = TrialForm(sender, request)
    if sender.active and form.is_valid():
        root = root_of(request)
        if letter := form.send(root):
            trail.record(request, sender, _("Sent a test failure."))
            return HttpResponseRedirect(reverse("admin:repair_tips_trial_letter", args=[sender.pk, letter.pk]))
    title = _("Send a test failure")
    status = 422 if form.errors else 200
    return render(request, "admin/repair_tips/trial.html", _context(sender, request, title, form=form), status=status)


@require_safe
@for_keepers
def show(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """What arrives: whether it went out, and its text."""
    found = _of_test(pk, letter)
    more = {"letter": found, "message": _written(found), "State": Letter.State}
    context = _context(found.flow.sender, request, _("What arrives"), **more)
    return render(request, "admin/repair_tips/trial_letter.html", context)


@require_safe
@csp(STYLE_ONLY)  # type: ignore[arg-type]  # made for views without arguments
@for_keepers
def html(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """The HTML part by itself."""
    message = _written(_of_test(pk, letter))
    if message is None:
        raise Http404("There is no letter any more.")
    return HttpResponse(message.alternatives[0][0])


def _of_test(pk: int, letter: int) -> Letter:
    """A letter about a made-up failure. Those to owners are nobody's to read."""
    letters_of_tests = Letter.objects.filter(flow__sender=pk, flow__is_test=True).select_related("flow__sender")
    return get_object_or_404(letters_of_tests, pk=letter)


def _written(letter: Letter) -> EmailMultiAlternatives | None:
    return letters.write(letter, knowledge.current(), timezone.now())


def _context(sender: Sender, request: HttpRequest, title: str, **more: object) -> dict[str, object]:
    return {**site.each_context(request), "title": title, "subtitle": None, "sender": sender, **more}
