"""The doors over HTTP: hooks of providers, the JSON API, health. They parse, call, present."""
