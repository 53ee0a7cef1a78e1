"""A PostgreSQL server of our own for tests: in a temporary folder, on a socket, without a network.

``python3 -m tools.postgres COMMAND …`` runs a command with ``LPSA_TEST_POSTGRES`` set.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
# Speed over safety: what these servers hold is thrown away.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


class ServerDidNotStart(Exception):
    """There is no server; the message says why, in its own words."""


def binaries() -> Path | None:
    """Folder with the newest server's programs, or None without PostgreSQL."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


@contextmanager
def cluster():
    """Start a server and yield the folder of its socket; stop it and clean up, come what may.

    The role is ``lpsa``, a superuser without a password. Raises ``ServerDidNotStart``.
    """
    programs = binaries()
    if programs is None:
        raise ServerDidNotStart("PostgreSQL is not installed.")
    # In /tmp: the path of a socket has to be short, and the server's account has to get there.
    folder = Path(tempfile.mkdtemp(prefix="lpsa-pg-", dir="/tmp"))
    account = _account()
    if account:
        os.chown(folder, account["user"], account["group"])
    server = None
    try:
        _make(programs, folder, account)
        server = _start(programs, folder, account)
        yield str(folder)
    finally:
        if server:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> dict:
    """Whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise ServerDidNotStart("There is no unprivileged account to run PostgreSQL as.")


def _make(programs, folder, account):
    options = ["--username=lpsa", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = [programs / "initdb", "-D", folder / "data", "--no-sync", *options]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, **account)
    if made.returncode:
        raise ServerDidNotStart(f"PostgreSQL could not be prepared.\n{made.stdout}{made.stderr}")


def _start(programs, folder, account):
    options = [part for item in SETTINGS.items() for part in ("-c", "=".join(item))]
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, *options]
    log = folder / "log"
    with log.open("w") as output:
        # Its own session: ctrl-C reaches the tests first, the server goes when they are done.
        server = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=output, start_new_session=True, **account
        )
    asks = [programs / "pg_isready", "-q", "-h", folder]
    patience = time.monotonic() + SECONDS_TO_START
    try:
        while subprocess.run(asks).returncode:
            if server.poll() is not None or time.monotonic() > patience:
                raise ServerDidNotStart(f"PostgreSQL did not start.\n{log.read_text()}")
            time.sleep(0.2)
    except BaseException:
        _stop(server)
        raise
    return server


def _stop(server):
    server.send_signal(signal.SIGINT)  # "fast": ends connections, then the server
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as folder:
        environ = {**os.environ, "LPSA_TEST_POSTGRES": folder}
        return subprocess.run(sys.argv[1:], env=environ).returncode


if __name__ == "__main__":
    sys.exit(main())
