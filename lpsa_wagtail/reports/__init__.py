"""What can be read about a site of ours as a whole. Nothing in here writes to the database.

``readiness`` says whether it can work, ``health`` what is wrong in its data, ``export`` gives all
of it.
"""

from lpsa_wagtail.reports import readiness
from lpsa_wagtail.reports.export import write_export
from lpsa_wagtail.reports.health import examine

__all__ = [
    "examine",
    "readiness",
    "write_export",
]
