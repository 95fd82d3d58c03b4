"""The composed system tried from nothing on a machine that reaches no registry of images (`make composed`).

Our five images are built as `deploy/Dockerfile` says, and everything runs as `docker-compose.yml` says. Only the images
that others publish are made here under their names, from packages: PostgreSQL and the broker are the versions that the
file names, Temporal's server is a development server behind `tests/access/door.py`, which keeps its door (ADR 0032).
"""
