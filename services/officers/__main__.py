"""`python -m services.officers` runs the API alone; `migrate` makes its tables, `bootstrap` its first accounts.

With `rebuild` it only forgets what follows from the record (`main.rebuild`); `figures` prints what the office reports;
`restore` lets two people at the machine give lost administrators new codes; `rotate-people-keys` wraps the keys of
people under a new key.
"""

from services.kit import collector

if __name__ == "__main__":
    collector.pause()
    from services.kit.process import run_service
    from services.officers import machine, main
    from services.officers.rotating import rotate_people_keys
    from services.officers.settings import Settings

    run_service(
        "officers",
        Settings,
        main.serve,
        migrate=main.TABLES.migrate,
        bootstrap=main.open_first_accounts,
        rebuild=main.rebuild,
        figures=main.print_figures,
        restore=machine.restore_access,
        **{"rotate-people-keys": rotate_people_keys},
    )
