"""`python -m services.ctl.serve`: our services in one process."""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.ctl.together import main
    from services.kit.process import run

    run(main)
