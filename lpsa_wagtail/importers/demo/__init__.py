"""Sample content: real groups and titles, invented people, sentences and pictures of our own.

``facts`` reads what is known and settles what is not, ``texts`` turns our sentences into blocks,
``pictures`` draws and ``gallery`` stores; ``people``, ``accounts``, ``pages`` and ``drafts`` write
by verbs; ``loader`` decides what is to be done.
"""

from lpsa_wagtail.importers.demo.loader import load_demo

__all__ = ["load_demo"]
