"""What visitors reach that is no page of the site."""
