"""The projects in this folder, and what tells them apart. Nothing of Django is imported here."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
OWN_SHELL = 'class="lpsa-shell"'


@dataclass(frozen=True)
class Edit:
    """A change that the owner makes in the project's own code, to place our index pages."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Host:
    """One project.

    ``chrome`` is found in every page that is rendered in the host's own base template; None where
    our own shell is used. ``front`` is what stands before the addresses of pages, None where no
    pages are served. ``api`` is where our API is included, ``elsewhere`` where files are served
    from if not from the host's own name, ``client`` where its previews are shown if not here.
    ``explained`` are ids of system checks that tell the owner
    of this host something true. ``special`` is the module that looks at what only this host has,
    ``added`` are the rows that it leaves in the host's own tables. ``moves_to`` are settings that
    the host changes to while we are there, if ``moving_needs`` is installed.
    """

    name: str
    package: str
    hostname: str
    api: str
    chrome: str | None
    front: str | None = "/"
    needs: tuple[str, ...] = ()
    edit: Edit | None = None
    ends_in_slash: bool = True
    explained: frozenset[str] = frozenset()
    moves_to: str = ""
    moving_needs: str = ""
    special: str = ""
    elsewhere: tuple[str, ...] = ()
    client: str = ""
    added: tuple[tuple[str, int], ...] = ()

    @property
    def folder(self) -> Path:
        return FOLDER / self.name


HOSTS = {
    host.name: host
    for host in (
        Host(
            name="members_portal",
            package="portal",
            hostname="portal.example.org",
            api="/working-groups-api/",
            chrome='class="portal-header"',
        ),
        Host(
            name="three_locales",
            package="ports",
            hostname="www.ports.example.org",
            api="/api/lpsa/v1/",
            chrome='class="ports-bar"',
            front="/en/",
            special="languages",
            moves_to="settings_localize",
            moving_needs="wagtail_localize",
        ),
        Host(
            name="jinja_house",
            package="house",
            hostname="house.example.net",
            api="/api/gruppen/",
            chrome=None,
            needs=("jinja2",),
            explained=frozenset({"lpsa.W005"}),
            elsewhere=("https://media.house.example.net/",),
        ),
        Host(
            name="strict_home",
            package="county",
            hostname="county.example.com",
            api="/api/lpsa/v1/",
            chrome='class="county-seal"',
            special="own_ways",
            added=(("wagtailcore.TaskState", 1),),
            edit=Edit(
                file="home/models.py",
                old='"blog.BlogIndexPage"]',
                new='"blog.BlogIndexPage",\n'
                '        "lpsa_wagtail.WorkingGroupIndexPage",\n'
                '        "lpsa_wagtail.BlogIndexPage",\n'
                '        "lpsa_wagtail.WebinarIndexPage",\n'
                "    ]",
            ),
        ),
        Host(
            name="slashless",
            package="quiet",
            hostname="quiet.example.net",
            api="/api/lpsa/v1/",
            chrome='class="quiet-name"',
            special="caching",
            ends_in_slash=False,
        ),
        Host(
            name="headless",
            package="backend",
            hostname="backend.example.com",
            api="/content/groups/",
            chrome=None,
            front=None,
            special="other_apis",
            client="https://front.example.com/draft/",
            explained=frozenset({"lpsa.W002", "lpsa.W005"}),
        ),
    )
}
