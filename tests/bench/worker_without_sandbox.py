"""The worker as it is, but for the sandbox: what that costs is measured by running this one in its place.

`python -m tests.bench.worker_without_sandbox`, with the settings of the worker.
"""

from temporalio.worker import UnsandboxedWorkflowRunner

from services.kit import collector
from services.worker import sandbox

if __name__ == "__main__":
    collector.pause()
    from services.kit.process import run_service
    from services.worker import main
    from services.worker.settings import Settings

    sandbox.runner = UnsandboxedWorkflowRunner
    run_service("worker", Settings, main.serve)
