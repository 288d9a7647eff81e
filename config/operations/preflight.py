"""What the machine must offer before anything is installed, checked with its own Python.

    python3 -m config.operations.preflight

Only the standard library and syntax of old Pythons, so that a refusal is a sentence and not a traceback.
"""

import os
import shutil
import socket
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
MEGABYTE = 1_000_000
PORT_IS_STILL_CLOSING = 5  # seconds until the processes of a killed server have let go of it


class Obstacle(Exception):
    """A sentence for the person at the terminal, with the way out."""


def port():
    # type: () -> int
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Obstacle(f"PORT={text} ist keine Portnummer. Beispiel: PORT=8001 make run")
    return int(text)


def require_free_port(number):
    # type: (int) -> None
    deadline = time.monotonic() + PORT_IS_STILL_CLOSING
    while not port_is_free(number):
        if time.monotonic() > deadline:
            raise Obstacle(
                f"Port {number} ist belegt. Entweder läuft Brücke schon (dann dort `make stop`) oder ein anderes "
                f"Programm. Ausweg: PORT={number + 1 if number < 65535 else 8001} make run"
            )
        time.sleep(0.2)


def port_is_free(number):
    # type: (int) -> bool
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except PermissionError:
            raise Obstacle(f"Port {number} darf nur root öffnen. Ausweg: PORT=8000 make run")
        except OSError:
            return False
    return True


def require_space(megabytes, folder=ROOT):
    # type: (int, str) -> None
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < megabytes:
        raise Obstacle(
            f"Auf dem Datenträger von {folder} sind nur {free} MB frei, gebraucht werden {megabytes} MB. "
            "Bitte Platz schaffen und erneut starten."
        )


def require_python():
    # type: () -> None
    if sys.version_info < (3, 11):
        raise Obstacle(
            f"Brücke braucht Python 3.11 oder neuer, gefunden: {sys.version.split()[0]}. "
            "Ausweg: PYTHON=python3.12 make run"
        )
    try:
        import ensurepip  # noqa: F401, PLC0415 - the module Debian leaves out
        import venv  # noqa: F401, PLC0415
    except ImportError:
        raise Obstacle(
            "Python fehlt das Modul venv. Ausweg unter Debian: apt-get install python3-venv"
        )


def main():
    # type: () -> None
    require_python()
    is_installed = os.path.exists(os.path.join(ROOT, ".venv", ".installed"))  # noqa: PTH110, PTH118
    require_space(200 if is_installed else 1200)
    if "--port" in sys.argv:
        require_free_port(port())


if __name__ == "__main__":
    try:
        main()
    except Obstacle as obstacle:
        sys.exit(str(obstacle))
