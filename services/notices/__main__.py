"""`python -m services.notices` runs the notices alone; with `migrate` it only makes their tables."""

from services.kit.process import run
from services.notices.main import main

if __name__ == "__main__":
    run(main)
