"""Munadi: keeps a network's decisions and carries them to every phone.

The layers, each importing only downwards (checked by import-linter):
`cli` > `main` > `settings` compose and read the clock; `web` and `jobs` are the doors;
`services` are the use cases; `channels`, `store`, `catalogue` each touch one outside thing;
`domain` and `bots` are pure.
"""
