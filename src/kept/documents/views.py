"""Pages: the papers and photos about a child, sending several at once, and opening one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header

from kept.access.roles import Can
from kept.access.trails import Kind, showing
from kept.access.web import needs
from kept.design.forms import RadiosWithHints
from kept.design.words import inside
from kept.documents import actions, queries
from kept.documents.files import FilesField, SeveralFiles
from kept.documents.models import Audience
from kept.people.models import Child
from kept.people.queries import children_seen

READERS = (Can.FOLLOW_OWN, Can.SEE_RECORD)
MOST_FILES = 20
PER_PAGE = 25
WHO = [(Audience.TEAM.value, "Only the case team"), (Audience.EVERYBODY.value, "Everybody who may see the record")]
FAMILY_HINTS = {
    Audience.TEAM.value: "And you. Nobody else of the family can open it.",
    Audience.EVERYBODY.value: "The school, the services that help, and each of the family who has an account here.",
}
STAFF_HINTS = {
    Audience.TEAM.value: "And you. The family cannot open it.",
    Audience.EVERYBODY.value: "The family, the school and the services that help.",
}
ACCEPT = ".pdf,.docx,.odt,.txt,.rtf,.xlsx,.pptx,image/*,audio/*,video/*"


class SendForm(forms.Form):
    """Papers and photos to send."""

    mark_optional = False
    files = FilesField(  # type: ignore[assignment]  # the form's class takes its fields out of the body
        label="Papers, photos or recordings",
        help_text="You can choose several. Each can have up to 100 MB.",
        widget=SeveralFiles(attrs={"multiple": True, "accept": ACCEPT}),
        allow_empty_file=True,
        error_messages={"required": "Choose at least one file."},
    )
    audience = forms.ChoiceField(
        label="Who may open them?",
        choices=WHO,
        widget=RadiosWithHints,
        initial=Audience.TEAM,
        error_messages={"required": "Choose who may open them."},
    )

    def __init__(self, *args: Any, is_family: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["audience"].widget.choice_hints = FAMILY_HINTS if is_family else STAFF_HINTS


def _child_or_404(request: HttpRequest, pk: UUID) -> Child:
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what="Papers and photos")
    return child


@needs(*READERS)
def of_child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every paper about a child that the person may open, and the box to send more."""
    child = _child_or_404(request, pk)
    may_send = actions.may_send(request.actor)
    if request.method == "POST" and not may_send:
        raise Http404
    is_family = request.actor.can(Can.FOLLOW_OWN)
    sent = (request.POST or None, request.FILES or None) if request.method == "POST" else ()
    form = SendForm(*sent, is_family=is_family)
    if request.method == "POST" and form.is_valid() and _keep_all(request, child, form):
        return redirect("documents:of_child", pk)
    page = Paginator(queries.documents_of(request.actor, pk), PER_PAGE).get_page(request.GET.get("page"))
    me = request.actor.user.pk
    words = {"child": child, "form": form, "page": page, "is_family": is_family, "may_send": may_send, "me": me}
    if is_family:
        words["back_link"] = _home(child)
    return render(request, "documents/of_child.html", words)


def _home(child: Child) -> str:
    """The family's page of the child; the first page where there is none."""
    try:
        return reverse("family:child", args=[child.pk])
    except NoReverseMatch:
        return "/"


def _keep_all(request: HttpRequest, child: Child, form: SendForm) -> bool:
    """Keep what can be kept; what cannot is said file by file, and the rest is not lost."""
    files = form.cleaned_data["files"]
    if len(files) > MOST_FILES:
        form.add_error("files", f"Send {MOST_FILES} files at a time.")
        return False
    kept = []
    for file in files:
        try:
            kept.append(actions.keep(by=request.actor, child=child, file=file, audience=form.cleaned_data["audience"]))
        except actions.NotKept as problem:
            form.add_error("files", f"{file.name}: {problem}")
    if kept:
        names = ", ".join(f"{one.file_name}" for one in kept)
        who = dict(WHO)[form.cleaned_data["audience"]]
        messages.success(request, f"We have {names}. Who may open {'it' if len(kept) == 1 else 'them'}: {inside(who)}.")
    return not form.errors


@needs(*READERS)
def show(request: HttpRequest, pk: UUID) -> HttpResponse | StreamingHttpResponse:
    """One document, as a download that the browser does not run."""
    found = queries.Document.objects.filter(area=request.actor.area, pk=pk).first()
    if found is None or children_seen(request.actor).filter(pk=found.child_id).first() is None:
        raise Http404
    if not found.can_be_opened:
        showing(request, found.child_id, what="A document that waits for the virus scanner")
        return render(request, "documents/waiting.html", {"document": found})
    showing(request, found.child_id, what=f"Document: {found.title}", kind=Kind.FILE)
    answer = StreamingHttpResponse(_chunks(found.path), content_type=found.media)
    answer["Content-Disposition"] = content_disposition_header(True, found.file_name)
    answer["Content-Length"] = str(found.size)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _chunks(path: str) -> Iterator[bytes]:
    """The file piece by piece; it is opened when the first is sent and closed after the last."""
    with default_storage.open(path) as file:
        yield from file.chunks()
