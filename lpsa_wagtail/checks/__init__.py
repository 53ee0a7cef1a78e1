"""System checks: wrong use gives a numbered message with the line to add.

``installation`` looks at settings, ``addresses`` at URLs, ``database`` at what is in the database;
the last ones run with ``check --database default``, ``migrate`` and ``lpsa_doctor``.
"""

from lpsa_wagtail.checks import addresses, database, installation

__all__ = [
    "addresses",
    "database",
    "installation",
]
