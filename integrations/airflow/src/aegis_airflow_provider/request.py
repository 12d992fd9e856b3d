"""What to run, in a form that a trigger can be given."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from aegis_airflow_provider.connections import WarehouseConnection
from aegis_airflow_provider.exceptions import AegisUsageError
from aegis_airflow_provider.run_folder import RunFolder

_option = re.compile(r"(?P<flag>--connection=)?(?P<name>[\w.-]+)=(?P<value>.*)", re.DOTALL)
_reference = re.compile(r"\$\{(env|file):[^{}]*\}")
_secret_name = re.compile(r"pass|pwd|secret|token|key|credential|auth|dsn|url", re.IGNORECASE)
_user_of_url = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True)
class RunRequest:
    """One `aegis run`. The values of its connection are not in it: they are looked up where it starts."""

    program: list[str]
    """A command line that starts Aegis."""

    flags: list[str]
    rules: list[str]
    cwd: str | None = None
    env: dict[str, str] = field(default_factory=dict)
    inherits_env: bool = True
    conn_id: str | None = None
    has_warehouse: bool = False
    """Whether the flags say where rules run, so that the connection does not."""

    report_path: str | None = None
    """Where the report is kept; None keeps it as long as the task needs it."""

    wants_lineage: bool = False
    """Whether OpenLineage events are written beside the report."""

    def to_json(self) -> dict[str, Any]:
        """For the arguments of a trigger."""
        return asdict(self)

    def environment(self, connection: WarehouseConnection | None) -> dict[str, str]:
        """Of the process: of this one where it inherits, then that of the task, then the connection."""
        inherited = dict(os.environ) if self.inherits_env else {"PATH": os.environ.get("PATH", os.defpath)}
        own = {name: str(value) for name, value in self.env.items()}
        return {**inherited, **own, **(connection.environment() if connection else {})}

    def command(self, folder: RunFolder, connection: WarehouseConnection | None, resumed: str | None) -> list[str]:
        """The command line. Values are joined to their flags and rules follow `--`, so that none becomes a flag."""
        return [
            *self.program,
            "run",
            "--no-color",
            *self.flags,
            *self._connection_flags(connection),
            f"--output-json={self.report_path or folder.report}",
            *([f"--openlineage={folder.events}"] if self.wants_lineage else []),
            *([f"--resume={resumed}"] if resumed else []),
            "--",
            *self.rules,
        ]

    def shown(self, folder: RunFolder, connection: WarehouseConnection | None) -> str:
        """The command line for people, without values that may be secret."""
        words = self.command(folder, connection, None)
        return shlex.join(_shown(word, before) for before, word in zip(["", *words], words, strict=False))

    def check_program(self, env: Mapping[str, str]) -> None:
        """Looks for the program before anything starts.

        :raises AegisUsageError: when it is not there
        """
        if not self._is_there(self.program[0], env):
            raise AegisUsageError(
                f"{shlex.join(self.program)} cannot be found on this worker. Install it with "
                "`npm install --global @aegis/cli`, or say where it is with aegis_bin."
            )

    def _is_there(self, file: str, env: Mapping[str, str]) -> bool:
        if "/" in file:
            return os.access(Path(self.cwd or ".") / file, os.X_OK)
        return shutil.which(file, path=env.get("PATH", os.defpath)) is not None

    def _connection_flags(self, connection: WarehouseConnection | None) -> list[str]:
        if connection is None:
            return []
        names_warehouse = connection.warehouse is not None and not self.has_warehouse
        return [*([f"--warehouse={connection.warehouse}"] if names_warehouse else []), *connection.flags()]


def _shown(word: str, before: str) -> str:
    """A word of a command line, with stars in place of options of a connection, of secrets, and of users in URLs."""
    found = _option.fullmatch(word)
    if found is None or _reference.fullmatch(found["value"]):
        return _user_of_url.sub("***@", word)
    is_option = found["flag"] is not None or before == "--connection"
    is_secret = not word.startswith("-") and _secret_name.search(found["name"]) is not None
    if is_option or is_secret:
        return f"{found['flag'] or ''}{found['name']}=***"
    return _user_of_url.sub("***@", word)


def program_of(aegis_bin: str | Sequence[str]) -> list[str]:
    """A command in one text, as a shell reads it, or in its parts.

    :raises AegisUsageError: when it is empty
    """
    program = shlex.split(aegis_bin) if isinstance(aegis_bin, str) else [str(part) for part in aegis_bin]
    if not program:
        raise AegisUsageError("aegis_bin is empty.")
    return program
