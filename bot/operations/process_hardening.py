"""Keeps the memory of this process, and the keys in it, from disks and from other processes of the same account."""

import sys

PR_SET_DUMPABLE = 4  # prctl(2)


def protect() -> bool:
    """No core dumps; on Linux no debugger of one's own account either. False where the system does not do it."""
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return False
    try:
        import ctypes

        return bool(ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    except (OSError, MemoryError, ImportError):  # a kernel that lets nothing be loaded any more
        return False
