"""``python -m tawatur``."""

from tawatur.cli.main import main

if __name__ == "__main__":
    main()
