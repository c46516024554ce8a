"""The three roles and what each may do: `kept_owner` migrates, `kept_app` serves, `kept_reports` only reads.

None is a superuser and none passes by row-level security. The same words, run as the owner, prepare any other database
(a test's, or a live one), because a default privilege belongs to one database.
"""

from __future__ import annotations

import hashlib

import psycopg
from psycopg import sql

from kept.config.launcher.facts import Server

DATABASE = "kept"
OWNER, APP, REPORTS = "kept_owner", "kept_app", "kept_reports"
BY_WORD = {"owner": OWNER, "app": APP, "reports": REPORTS}

LIMITS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
ROLES = {OWNER: f"{LIMITS} CREATEDB", APP: f"{LIMITS} NOCREATEDB", REPORTS: f"{LIMITS} NOCREATEDB"}

PRIVILEGES = f"""
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO {APP}, {REPORTS};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP};
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO {REPORTS};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP};
    ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
    ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT SELECT ON TABLES TO {REPORTS};
    ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP};
"""

VERSION = hashlib.sha256(repr((ROLES, PRIVILEGES)).encode()).hexdigest()[:16]
STAMP = "roles-made"


def are_made(server: Server) -> bool:
    """Whether this version of the roles was made on the server."""
    stamp = server.data_folder / STAMP
    try:
        return stamp.read_text() == VERSION
    except OSError:
        return False


def ensure(server: Server) -> None:
    """Make the roles, the database and its privileges; may be repeated. The server must be up."""
    if are_made(server):
        return
    with psycopg.connect(**server.connection("postgres"), autocommit=True) as connection:  # type: ignore[arg-type]
        for name, limits in ROLES.items():
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
            verb = "ALTER" if known else "CREATE"
            connection.execute(sql.SQL(f"{verb} ROLE {{}} {limits}").format(sql.Identifier(name)))
        connection.execute(f"ALTER ROLE {REPORTS} SET default_transaction_read_only = on")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}, {REPORTS}")
    with psycopg.connect(**server.connection(DATABASE, OWNER)) as connection:  # type: ignore[arg-type]
        connection.execute(PRIVILEGES)
    (server.data_folder / STAMP).write_text(VERSION)


def sql_for_live_server() -> str:
    """What an administrator runs once on a live server (with psql) to have the same roles, database and rights."""
    made = [f"CREATE ROLE {name} {limits};" for name, limits in ROLES.items()]
    return "\n".join(
        [
            "-- Give each role a password, or another way in, with ALTER ROLE. NOBYPASSRLS needs an administrator.",
            *made,
            f"ALTER ROLE {REPORTS} SET default_transaction_read_only = on;",
            f"ALTER ROLE {APP} SET work_mem = '16MB';",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0;",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}, {REPORTS};",
            f"\\connect {DATABASE}",
            f"SET ROLE {OWNER};",
            *(line.strip() for line in PRIVILEGES.strip().splitlines()),
        ]
    )
