"""`python -m services.worker` runs the worker alone; with `resume` it takes open cases up from the record."""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.kit.process import run_service
    from services.worker import main
    from services.worker.resuming import resume
    from services.worker.settings import Settings

    run_service("worker", Settings, main.serve, resume=resume)
