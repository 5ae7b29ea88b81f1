"""The running text of a document: its numbering, the tree of its items, which of them are tasks, where each ends, and its title."""
