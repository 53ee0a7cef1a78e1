"""A page type as any site has one, that nobody has to decide on: the control of these tests."""
