"""`python -m services.officers` runs the API alone; `migrate` makes its tables, `bootstrap` its first account."""

from services.kit.process import run
from services.officers.main import main

if __name__ == "__main__":
    run(main)
