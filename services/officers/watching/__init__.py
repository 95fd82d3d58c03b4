"""Lists of the authorities: read, kept beside the record, and held against everybody in process or in office."""
