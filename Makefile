# The tasks are in dev.py; this only saves typing.
.PHONY: run test lint bench migrations
run test lint bench migrations:
	python3 dev.py $@
