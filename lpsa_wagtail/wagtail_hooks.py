"""What we add to the Wagtail admin, as a table of contents."""
