"""The entry point: `planctl` and `python -m planctl`."""

import gc
import os
import sys


def main() -> None:
    """Run planctl."""
    # A run is short and keeps what it loads: collecting garbage would only walk over the same objects again and again, imports included.
    gc.disable()
    try:
        from planctl.cli.app import run  # noqa: PLC0415 - after the line above
    except KeyboardInterrupt:
        sys.exit(130)
    code = run()
    # All is written. The system takes the memory back at once; Python would first take apart what it holds, piece by piece.
    os._exit(code)


if __name__ == "__main__":
    main()
