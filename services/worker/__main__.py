"""`python -m services.worker` runs the worker alone; with `resume` or `what-if` it reads the record instead."""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.kit.process import run_service
    from services.worker import main
    from services.worker.resuming import resume
    from services.worker.settings import Settings
    from services.worker.what_if import what_if

    run_service("worker", Settings, main.serve, resume=resume, **{"what-if": what_if})
