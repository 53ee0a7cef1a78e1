"""Make migrations that run on every supported Wagtail and on any host.

They are made on Wagtail 7.4 with Django 5.2 only: made on 8.0 they name a setting that 7.4 does not
have. Keys to images and documents are then written as the functions that name the host's models.

At the end the state of the newest migration is kept for the tests of upgrades, unless it is there.
To keep it again, because the migration was changed before anybody had it, delete the file first.
"""

import re
import subprocess
import sys
from pathlib import Path

import django
import wagtail

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "lpsa_wagtail" / "migrations"
STATES = ROOT / "tests" / "upgrade" / "states"
SWAPPED = {
    "wagtailimages.image": "get_image_model_string",
    "wagtaildocs.document": "get_document_model_string",
}
IMPORTS = {
    "get_image_model_string": "from wagtail.images import get_image_model_string",
    "get_document_model_string": "from wagtail.documents import get_document_model_string",
}


def rewrite(path: Path) -> None:
    """Name the host's image and document models by function."""
    text = path.read_text(encoding="utf-8")
    used = []
    for label, function in SWAPPED.items():
        changed = re.sub(rf"to=['\"]{label}['\"]", f"to={function}()", text)
        if changed != text:
            used.append(function)
        text = changed
    if not used:
        return
    text = re.sub(r"\n +\(['\"]wagtail(images|docs)['\"], ['\"]\d{4}_\w+['\"]\),", "", text)
    swaps = "".join(f"        migrations.swappable_dependency({f}()),\n" for f in used)
    text = re.sub(r"(    dependencies = \[\n)", rf"\1{swaps}", text)
    imports = "\n".join(IMPORTS[f] for f in used)
    text = text.replace(
        "from django.db import migrations", f"{imports}\nfrom django.db import migrations"
    )
    path.write_text(text, encoding="utf-8")


def main() -> int:
    if wagtail.VERSION[:2] != (7, 4) or django.VERSION[:2] != (5, 2):
        sys.exit("Migrations are made on Wagtail 7.4 with Django 5.2 only.")
    before = set(FOLDER.glob("0*.py"))
    manage = [sys.executable, ROOT / "example_site" / "manage.py", "makemigrations"]
    subprocess.run([*manage, "lpsa_wagtail", *sys.argv[1:]], check=True)
    for path in sorted(set(FOLDER.glob("0*.py")) - before):
        rewrite(path)
        print(f"made {path.relative_to(ROOT)}")
    return keep_state()


def keep_state() -> int:
    """Keep a database with sample content as it is after the newest migration."""
    newest = max(path.stem for path in FOLDER.glob("0*.py"))
    if list(STATES.glob(f"{newest}.*")):
        return 0
    print(f"keeping the state after {newest}", flush=True)
    command = [sys.executable, "-m", "tests.upgrade.keep"]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
