"""The command line: `python -m app.cli`, started by `./munadi`."""
