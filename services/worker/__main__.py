"""`python -m services.worker` runs the worker alone."""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.kit.process import run_service
    from services.worker import main
    from services.worker.settings import Settings

    run_service("worker", Settings, main.serve)
