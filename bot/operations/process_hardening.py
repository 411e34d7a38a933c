"""Keeps the memory of this process, which holds keys, out of core dumps and from other processes of the account."""

import sys

PR_SET_DUMPABLE = 4  # prctl(2)


def protect() -> bool:
    """Disables core dumps and, on Linux, tracing by other processes of the account (PR_SET_DUMPABLE).

    Returns False where the system does not support both.
    """
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return False
    try:
        import ctypes

        return bool(ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    except (OSError, MemoryError, ImportError):  # such as a kernel policy that forbids loading libraries
        return False
