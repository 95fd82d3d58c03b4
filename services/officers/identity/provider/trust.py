"""What the provider said is not believed, or it says nothing: the two reasons for which nobody comes in through it."""


class DoubtError(Exception):
    """What came is not what this provider would have said to us. Why is for the log."""


class UnsignedError(DoubtError):
    """It is not signed with the key that it is held against, which may be an older one."""


class SilenceError(Exception):
    """The provider cannot be asked, or describes itself as no provider does that we were set up for."""
