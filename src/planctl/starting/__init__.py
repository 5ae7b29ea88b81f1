"""Starting: the files of a new repository of plans (`skeleton`), and what a clone of it is told (`clone`)."""
