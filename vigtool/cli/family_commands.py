"""family and session: the people and the meetings."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.session import Session, SessionKind
from vigtool.cli import safety_commands, sharing_commands
from vigtool.cli.answer import Answer
from vigtool.cli.options import day, opened
from vigtool.practice.families import (
    PersonWords,
    add_family,
    add_session,
    close_family,
    family_named,
    person_named,
    reopen_family,
)
from vigtool.practice.openings import open_family
from vigtool.practice.records import people_of, values


def family_add(options: argparse.Namespace) -> Answer:
    """Begin a family; its code is the next free one."""
    people = [
        *(PersonWords(name=name, role=Role.PARENT) for name in options.parent),
        *(PersonWords(name=name, role=Role.BABY) for name in options.baby),
    ]
    with opened(options) as vault:
        made = add_family(
            vault, name=options.name, people=people, place=options.place, code=options.code, on=date.today()
        )
    told = {"family": made.family.id, "code": made.family.code, "persons": [_person(person) for person in made.persons]}
    return Answer(told, [f"{made.family.code} is begun, with {len(made.persons)} people"])


def family_list(options: argparse.Namespace) -> Answer:
    """Every family whose key you hold."""
    with opened(options) as vault:
        families = sorted(values(vault, Family), key=lambda family: family.code)
    told = [{"family": family.id, "code": family.code, "name": family.name} for family in families]
    return Answer(told, [f"{family.code}  {family.name}" for family in families] or ["no family yet"])


def family_show(options: argparse.Namespace) -> Answer:
    """One family: its people, cycles and meetings."""
    with opened(options) as vault:
        family = open_family(vault, options.family)
        people = people_of(vault, family.id).values()
        cycles = sorted(values(vault, Cycle, domain=family.id), key=lambda cycle: cycle.number)
    told = {
        "family": family.id,
        "code": family.code,
        "name": family.name,
        "place": family.place,
        "opened": family.opened.isoformat(),
        "persons": [_person(person) for person in people],
        "cycles": [
            {"cycle": cycle.id, "number": cycle.number, "helping_question": cycle.helping_question} for cycle in cycles
        ],
    }
    lines = [
        f"{family.code}  {family.name}",
        *(f"  {person.name}, {person.relation or person.role.value}" for person in people),
        *(f"  cycle {cycle.number}: {cycle.helping_question or 'no helping question yet'}" for cycle in cycles),
    ]
    return Answer(told, lines)


def family_close(options: argparse.Namespace) -> Answer:
    """Write down that the work with a family has ended; with --reopen, that it goes on."""
    with opened(options) as vault:
        family = family_named(vault, options.family)
        after = reopen_family(vault, family.id) if options.reopen else close_family(vault, family.id, on=options.on)
    closed = after.closed.isoformat() if after.closed else None
    told = {"family": after.id, "code": after.code, "closed": closed}
    return Answer(told, [f"{after.code} is closed since {closed}" if closed else f"{after.code} is open again"])


def session_add(options: argparse.Namespace) -> Answer:
    """Write down a meeting."""
    with opened(options) as vault:
        family = family_named(vault, options.family).id
        session = add_session(
            vault,
            family=family,
            on=options.on,
            kind=SessionKind(options.kind),
            minutes=options.minutes,
            place=options.place,
            present=tuple(person_named(vault, family, words).id for words in options.present),
        )
    return Answer(_session(session), [f"session {session.number} on {session.on.isoformat()}"])


def session_list(options: argparse.Namespace) -> Answer:
    """The meetings with a family."""
    with opened(options) as vault:
        found = values(vault, Session, domain=open_family(vault, options.family).id)
    sessions = sorted(found, key=lambda session: session.number)
    lines = [f"{s.number}  {s.on.isoformat()}  {s.kind.value}  {s.place}" for s in sessions]
    return Answer([_session(session) for session in sessions], lines or ["no session yet"])


def _person(person: Person) -> dict[str, Any]:
    return {"person": person.id, "name": person.name, "role": person.role.value, "relation": person.relation}


def _session(session: Session) -> dict[str, Any]:
    return {
        "session": session.id,
        "number": session.number,
        "on": session.on.isoformat(),
        "kind": session.kind.value,
        "minutes": session.minutes,
        "place": session.place,
        "present": list(session.present),
    }


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], general: argparse.ArgumentParser) -> None:
    """Put the commands of this file on the parser."""

    def act(
        acts: argparse._SubParsersAction[argparse.ArgumentParser],
        name: str,
        run: Callable[[argparse.Namespace], Answer],
        *,
        family: bool = True,
    ) -> argparse.ArgumentParser:
        said = run.__doc__ or ""
        parser = acts.add_parser(name, parents=[general], help=said.split(".")[0].lower(), description=said)
        if family:
            parser.add_argument("--family", required=True, metavar="F", help="its code, or a beginning of its id")
        parser.set_defaults(run=run)
        return parser

    acts = commands.add_parser("family", parents=[general]).add_subparsers(metavar="ACT", required=True)
    parser = act(acts, "add", family_add, family=False)
    parser.add_argument("--name", required=True, metavar="TEXT")
    parser.add_argument("--baby", action="append", default=[], metavar="NAME")
    parser.add_argument("--parent", action="append", default=[], metavar="NAME")
    parser.add_argument("--place", default="", metavar="TEXT")
    parser.add_argument("--code", default="", metavar="F-0000")
    act(acts, "list", family_list, family=False)
    parser = act(acts, "show", family_show, family=False)
    parser.add_argument("family", metavar="F")
    sharing_commands.add_to(acts, general)
    safety_commands.add_to(acts, general)

    parser = act(acts, "close", family_close, family=False)
    parser.add_argument("family", metavar="F")
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    parser.add_argument("--reopen", action="store_true", help="take the work up again")

    acts = commands.add_parser("session", parents=[general]).add_subparsers(metavar="ACT", required=True)
    parser = act(acts, "add", session_add)
    parser.add_argument("--on", type=day, default=date.today(), metavar="DATE")
    parser.add_argument("--kind", choices=[kind.value for kind in SessionKind], default=SessionKind.FILMING.value)
    parser.add_argument("--minutes", type=int, metavar="N")
    parser.add_argument("--place", default="", metavar="TEXT")
    parser.add_argument("--present", action="append", default=[], metavar="P")
    act(acts, "list", session_list)
