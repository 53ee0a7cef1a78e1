"""What a person has before their eyes while they decide, noted for one request.

Wagtail hands a task no request, only its user; the user object lives as long as the request.
"""


def note_opened(user, page_id: int, content_hash: str) -> None:
    """Note that this content of the page is what the person looks at."""
    user._lpsa_opened = {**getattr(user, "_lpsa_opened", {}), page_id: content_hash}


def opened_content(user, page_id: int) -> str:
    """Hash of the content that the person looks at; "" if no screen noted it."""
    return getattr(user, "_lpsa_opened", {}).get(page_id, "")
