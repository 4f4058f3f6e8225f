"""The wires, one file each; the configuration names the kind, and the kind is the module."""
