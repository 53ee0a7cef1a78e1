"""What the app costs a process that starts: with and without it, in turn, in new processes.

As a program (``python -m benchmarks.starting``) it is such a process, and prints what it took.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

STEPS = ("django.setup()", "check", "first request")


def runs(environ: dict, folder: Path, number: int, say) -> dict[str, list[dict]]:
    """Start so many pairs of processes; returns what each told, under "with" and "without".

    A first pair, which writes the compiled modules, is left out.
    """
    environ = {**os.environ, **environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    variants = {"with": environ, "without": {**environ, "LPSA_BENCH_WITHOUT": "1"}}
    told: dict[str, list[dict]] = {name: [] for name in variants}
    say(f"Starting {number + 1} pairs of processes.")
    for turn in range(number + 1):
        for name, variant in variants.items():
            command = [sys.executable, "-m", "benchmarks.starting"]
            done = subprocess.run(command, env=variant, capture_output=True, text=True, check=True)
            if turn:
                told[name].append(json.loads(done.stdout.splitlines()[-1]))
    return told


def _memory() -> float:
    """The most memory that this process held, in MiB.

    Where Linux tells it of the program alone, that; what ``getrusage`` says includes the parent
    that the process was forked from.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    clock, moments = time.perf_counter, [time.perf_counter()]
    django.setup()
    moments.append(clock())
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("check", stdout=nowhere, stderr=nowhere)
    moments.append(clock())
    request = RequestFactory(SERVER_NAME="localhost").get("/empty/")
    answer = get_wsgi_application()(request.environ, lambda status, headers, info=None: None)
    body = b"".join(answer)
    answer.close()
    moments.append(clock())
    assert body == b"Nothing but Wagtail.", body
    steps = zip(STEPS, moments, moments[1:], strict=False)
    told = {name: (after - before) * 1000 for name, before, after in steps}
    told["processor time"] = time.process_time() * 1000
    told["memory"] = _memory()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
