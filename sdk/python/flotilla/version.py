"""Which Flotilla this is; a test holds it to the version of the build."""

__version__ = "0.1.0"
