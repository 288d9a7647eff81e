"""A psql whose one transaction ends with our word only: if we die its input ends, and it rolls back."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO, Any

from config.operations.backups import Programs, failure

OPTIONS = (
    "--no-psqlrc",
    "--quiet",
    "--no-align",
    "--tuples-only",
    "--set=ON_ERROR_STOP=1",
    "--file=-",
)
END = "end-of-answer"


class Transaction:
    def __init__(self, process: "Popen[bytes]", complaints: IO[str]) -> None:
        self.process, self.complaints = process, complaints

    def say(self, words: str) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{words}\n".encode())
        except BrokenPipeError:
            raise self.failure() from None

    def ask(self, query: str) -> Sequence[Sequence[Any]]:
        assert self.process.stdout is not None
        answer = f"SELECT row_to_json(answer) FROM ({query}) AS answer;"  # noqa: S608 - a query of ours
        self.say(f"{answer}\n\\echo {END}")
        rows: list[Sequence[Any]] = []
        for line in self.process.stdout:
            if line.strip() == END.encode():
                return rows
            rows.append(tuple(json.loads(line).values()))
        raise self.failure()

    def commit(self) -> None:
        assert self.process.stdin is not None
        self.say("COMMIT;")
        self.process.stdin.close()
        if self.process.wait():
            raise self.failure()

    def failure(self) -> Exception:
        code = self.process.wait()
        self.complaints.seek(0)
        return failure("psql", code, self.complaints.read())


@contextmanager
def begun(use: Programs, folder: Path) -> Iterator[Transaction]:
    """In a session of its own, where Ctrl-C reaches it only through us."""
    with (
        (folder / "psql.err").open("w+") as complaints,
        Popen(
            use.command("psql", *OPTIONS),
            cwd=folder,
            env=use.environment,
            stdin=PIPE,
            stdout=PIPE,
            stderr=complaints,
            bufsize=0,
            start_new_session=True,
        ) as process,
    ):
        try:
            transaction = Transaction(process, complaints)
            transaction.say("BEGIN;")
            yield transaction
        except BaseException:
            process.terminate()
            raise
