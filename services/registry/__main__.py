"""`python -m services.registry` runs the registry alone; with `migrate` it only makes its tables."""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.kit.process import run_service
    from services.registry import main
    from services.registry.settings import Settings

    run_service("registry", Settings, main.serve, migrate=main.TABLES.migrate)
