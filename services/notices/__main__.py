"""`python -m services.notices` runs the notices alone; with `migrate` it only makes their tables.

With `rebuild` it only forgets what follows from the record; see `main.rebuild`.
"""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.kit.process import run_service
    from services.notices import main
    from services.notices.settings import Settings

    run_service("notices", Settings, main.serve, migrate=main.TABLES.migrate, rebuild=main.rebuild)
