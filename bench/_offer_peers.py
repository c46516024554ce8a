"""The peers of `bench_offer`: other search engines, and pages that do nothing, each behind the same web server.

Run by gunicorn as `bench._offer_peers:application`: a bare Django with no middleware. KEPT_BENCH_PEERS names the folder
with `services.json`, the pages of the feed as files, and the address of the PostgreSQL that PostgreSQL's engine uses.
Every engine is asked for any of the words, stemmed as English where it can, the name weighed above categories above the
rest, and answers ten keys with their names as JSON. None filters, explains, measures distance or draws a page.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

Rows = Sequence[Mapping[str, Any]]
Search = Callable[[str], list[str]]
MOST = 10
TABLE = """
    DROP TABLE IF EXISTS peer; CREATE TABLE peer (id text PRIMARY KEY, words tsvector NOT NULL)
"""
FILL = """
    INSERT INTO peer SELECT %s, setweight(to_tsvector('english', %s), 'A')
        || setweight(to_tsvector('english', %s), 'B') || setweight(to_tsvector('english', %s), 'C')
"""
ASK = """
    SELECT id FROM peer, to_tsquery('english', %(words)s) AS asked WHERE words @@ asked
    ORDER BY ts_rank('{0.25, 0.25, 0.5, 1.0}', words, asked) DESC, id LIMIT 10
"""


def words_of(text: str) -> list[str]:
    """The words of a query, without signs that an engine would read as its own."""
    return re.findall(r"\w+", text.lower())


def texts(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """An entry as every engine gets it."""
    return row["id"], row["name"], " ".join(row["categories"]), row["description"]


def fts5(services: Rows) -> Search:
    """SQLite's full-text search in memory: Porter's stems, BM25 with weights 4, 2, 1; one connection a thread."""
    held = threading.local()

    def base() -> sqlite3.Connection:
        if not hasattr(held, "base"):
            held.base = sqlite3.connect(":memory:")
            held.base.execute(
                "create virtual table offer using fts5(id unindexed, name, categories, text, tokenize='porter ascii')"
            )
            held.base.executemany("insert into offer values (?, ?, ?, ?)", [texts(row) for row in services])
        return held.base

    def search(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in words_of(text))
        sql = "select id from offer where offer match ? order by bm25(offer, 0, 4, 2, 1) limit 10"
        return [row[0] for row in base().execute(sql, [asked])] if asked else []

    return search


def tantivy(services: Rows) -> Search:
    """Tantivy, a search library in Rust: English stems, BM25 with boosts 4, 2, 1. Raises ImportError without it."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("name", "categories", "text"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for row in services:
        key, name, categories, text = texts(row)
        writer.add_document(engine.Document(id=key, name=name, categories=categories, text=text))
    writer.commit()
    index.reload()
    boosts = {"name": 4.0, "categories": 2.0, "text": 1.0}

    def search(text: str) -> list[str]:
        searcher = index.searcher()
        asked = index.parse_query(" ".join(words_of(text)), list(boosts), field_boosts=boosts)
        return [searcher.doc(at)["id"][0] for _, at in searcher.search(asked, MOST).hits]

    return search


def fill_postgres(address: str, services: Rows) -> None:
    """Make PostgreSQL's table: a weighted vector for each entry, with a GIN index."""
    with psycopg.connect(address, autocommit=True) as base:
        base.execute(TABLE)
        with base.cursor() as cursor:
            cursor.executemany(FILL, [texts(row) for row in services])
        base.execute("CREATE INDEX ON peer USING gin (words)")
        base.execute("ANALYZE peer")


def postgres(address: str) -> Search:
    """PostgreSQL's full-text search with ts_rank; one connection a thread."""
    held = threading.local()

    def search(text: str) -> list[str]:
        if not hasattr(held, "base"):
            held.base = psycopg.connect(address, autocommit=True)
        asked = " | ".join(words_of(text))
        return [row[0] for row in held.base.execute(ASK, {"words": asked})] if asked else []

    return search


def _application() -> Any:
    """A bare Django with one address for each engine, and one that sends bytes that it holds."""
    from django.conf import settings

    settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"], SECRET_KEY="bench")  # noqa: S106
    import django
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse, JsonResponse
    from django.urls import path

    django.setup()
    folder = Path(os.environ["KEPT_BENCH_PEERS"])
    services = json.loads((folder / "services.json").read_text(encoding="utf-8"))
    names = {row["id"]: row["name"] for row in services}
    pages = {file.stem: file.read_bytes() for file in folder.glob("page-*.json")}
    engines: dict[str, Search] = {
        "fts5": fts5(services),
        "postgres": postgres((folder / "postgres.txt").read_text(encoding="utf-8")),
    }
    with contextlib.suppress(ImportError):
        engines["tantivy"] = tantivy(services)

    def ask(request: HttpRequest, engine: str) -> HttpResponse:
        found = engines[engine](request.GET.get("q", ""))
        return JsonResponse({"contents": [{"id": key, "name": names[key]} for key in found]})

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(pages[f"page-{request.GET['page']}"], content_type="application/json")

    urlpatterns.extend([path("search/<str:engine>", ask), path("page", page)])
    return get_wsgi_application()


urlpatterns: list[Any] = []
if "KEPT_BENCH_PEERS" in os.environ:
    application = _application()
