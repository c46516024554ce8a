"""The family's own file: all that is theirs is in it, and nothing of anybody else's."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import unquote

from django.core.files.uploadedfile import SimpleUploadedFile

from kept.documents import actions as documents
from kept.family import actions
from kept.messages import actions as messages


def test_the_file_holds_what_is_theirs_and_every_link_in_it_leads_somewhere(place, case, browse):
    with place.acting(place.mother) as actor:
        actions.tell_story(by=actor, child=place.child, text="She loves <boats> & trains.")
        documents.keep(by=actor, child=place.child, file=SimpleUploadedFile("../Our/report?.txt", b"What we saw"))
        messages.start(by=actor, child=place.child, subject="Moving", text="Tell nobody.", with_user=place.mother)
    with place.acting(place.father) as actor:
        messages.start(by=actor, child=place.child, subject="Visits", text="When?", with_user=place.father)
        documents.keep(by=actor, child=place.child, file=SimpleUploadedFile("his.txt", b"His own"))
    answer = browse(place.mother).get(f"/family/{place.child.pk}/file/")
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    assert pack.testzip() is None
    html = pack.read("Open this first.html").decode()
    for words in ("She loves &lt;boats&gt; &amp; trains.", "Moving", "Tell nobody.", "What you are owed"):
        assert words in html
    for words in ("Visits", "his.txt", "Kit Sample"):
        assert words not in html
    links = {unquote(found) for found in re.findall(r'href="([^#"]+)"', html)}
    assert links == set(pack.namelist()) - {"Open this first.html"}
    assert all(".." not in name for name in pack.namelist())
    assert b"What we saw" in {pack.read(name) for name in links}


def test_an_advocate_takes_no_file(place, browse):
    assert browse(place.therapist).get(f"/family/{place.child.pk}/file/").status_code == 404
