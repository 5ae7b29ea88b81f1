"""The command line: one file a command, thin; `app` puts them together."""
