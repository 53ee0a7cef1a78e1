# The tasks are in dev.py; this only saves typing.
.PHONY: run test hosts wheel clients fuzz lint bench security docs migrations
run test hosts wheel clients fuzz lint bench security docs migrations:
	python3 dev.py $@
