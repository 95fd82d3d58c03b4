"""`python -m services.registry` runs the registry alone; with `migrate` it only makes its tables."""

from services.kit.process import run
from services.registry.main import main

if __name__ == "__main__":
    run(main)
