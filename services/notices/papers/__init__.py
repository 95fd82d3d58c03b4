"""Papers: letters, sheets and proofs as an office prints and files them."""
