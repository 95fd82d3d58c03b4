"""`python -m services.console` serves the console alone."""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.console import main
    from services.console.settings import Settings
    from services.kit.process import run_service

    run_service("console", Settings, main.serve)
