"""Content that comes from elsewhere."""
