"""The small ward at nine on a Monday, and a program for each of its people."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import time_machine

from motcua.dossiers.tests.world import MONDAY, World, definition
from tests.api.program import Program, application, program_of


class Programs:
    """A program for each person of the ward, made when first asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.fuzzed = 0

    @cached_property
    def clerk(self) -> Program:
        return program_of(self.world.clerk)

    @cached_property
    def specialist(self) -> Program:
        return program_of(self.world.specialist)

    @cached_property
    def head(self) -> Program:
        return program_of(self.world.head)

    @cached_property
    def chair(self) -> Program:
        return program_of(self.world.chair)

    @cached_property
    def sealer(self) -> Program:
        return program_of(self.world.sealer)

    @cached_property
    def citizen(self) -> Program:
        return program_of(self.world.citizen)

    @cached_property
    def other_citizen(self) -> Program:
        return program_of(self.world.other_citizen)

    @cached_property
    def stranger(self) -> Program:
        return program_of(self.world.stranger)

    @cached_property
    def overseer(self) -> Program:
        return program_of(self.world.overseer)

    @cached_property
    def nobody(self) -> Program:
        return Program()

    def received(self, **changes: object) -> int:
        """A dossier taken in at the desk; its id."""
        answer = self.clerk.post("/dossiers", application(self.world, **changes))
        assert answer.status == 201, answer.json
        return int(answer.json["id"])

    def submitted(self, **changes: object) -> int:
        """A dossier that the citizen handed in online; its id."""
        upload = self.citizen.upload("to-khai.pdf", PDF, "application/pdf").json["upload"]
        body = {
            "channel": "online",
            "receive": False,
            "components": [{"key": "to-khai", "files": [upload]}],
            **changes,
        }
        answer = self.citizen.post("/dossiers", application(self.world, **body))
        assert answer.status == 201, answer.json
        return int(answer.json["id"])

    def at_step(self, step: str) -> int:
        """A dossier that was brought to a step of the procedure; its id."""
        dossier_id = self.received(confirmed_duplicate=True)
        way = [
            ("assign", self.clerk, "forward", {}),
            ("appraise", self.head, "assign", {"to": "chuyen-vien"}),
            ("review", self.specialist, "appraise", {"opinion": "Đủ điều kiện", "text": "Dự thảo"}),
            ("approve", self.head, "forward", {}),
            ("seal", self.chair, "approve", {"draft_number": 1}),
            ("deliver", self.sealer, "seal", {"number": "12", "symbol": "GKS"}),
        ]
        assert self.world.specialist
        for reached, program, act, body in way:
            if step == "receive":
                break
            answer = program.post(f"/dossiers/{dossier_id}/{act}", body)
            assert answer.status == 200, answer.json
            if reached == step:
                break
        return dossier_id


PDF = Path(__file__).with_name("to-khai.pdf").read_bytes()


@pytest.fixture
def now() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> None:
    """A data folder of the test's own."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def world(db: None, now: object, here: None) -> World:
    return World(definition()).build()


@pytest.fixture
def programs(world: World) -> Programs:
    return Programs(world)
