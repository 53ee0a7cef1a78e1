"""Measures the app in a site with many posts. Run by ``python3 dev.py bench``."""
