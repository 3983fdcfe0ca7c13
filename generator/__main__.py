"""`python -m generator`: the command where its folder is not among those that the shell looks in."""

from generator.cli import main

if __name__ == "__main__":  # processes of a build load this file, too
    main()
