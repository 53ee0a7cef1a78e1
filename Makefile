# The tasks are in dev.py; this only saves typing.
.PHONY: run test hosts wheel lint bench migrations
run test hosts wheel lint bench migrations:
	python3 dev.py $@
