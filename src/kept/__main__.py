"""The product's command line: `python -m kept COMMAND`."""

from __future__ import annotations

import argparse
import importlib
import sys

COMMANDS = {
    "lint": "check the wording of a plan",
    "cases": "fold every case anew from its events",
    "database": "the embedded database by itself",
    "demo": "make a demonstration area from published figures",
    "manage": "Django's own commands",
    "nightly": "what time alone brings about: warnings, chasing, rolls, cover",
    "plans": "check the wording of every plan, as at night",
    "serve": "start Kept and say where its page is",
    "stop": "end the web server and the database",
    "verify": "answer a file of cases, so that an outsider can check us",
    "worker": "hand over letters and emails that wait; the work of the night",
}


def main(words: list[str]) -> int:
    """Find the command's module, let it read its words, run it."""
    parser = argparse.ArgumentParser(prog="kept", description="Kept's own command line.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        commands.add_parser(name, help=purpose, add_help=False)
    chosen = parser.parse_args(words[:1] or ["--help"]).command
    module = importlib.import_module(f"kept.commands.{chosen}")
    own = argparse.ArgumentParser(prog=f"kept {chosen}", description=module.__doc__)
    module.add_arguments(own)
    return int(module.run(own.parse_args(words[1:])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
