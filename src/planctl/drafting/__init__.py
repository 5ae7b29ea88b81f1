"""Drafts: an official document made into a plan that a person looks through, or into a change of the plan that is there.

`intake` reads and understands the document, `deadlines` fits what was found to a plan, `doubts` puts into words what is doubtful, `plans`
makes the records, `registries` proposes units, `homes` tells where it all belongs, `files` writes it, and `updates` merges it into a plan.
"""
