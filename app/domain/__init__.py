"""The rules that people can check by hand: no clock, no file, no network."""
