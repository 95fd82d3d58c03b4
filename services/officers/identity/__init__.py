"""Who somebody is: natural persons, accounts, sign-in, grants, and what follows from them for every read."""
