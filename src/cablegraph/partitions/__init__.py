"""Build a corpus of any size: in buckets of documents, each made by itself, and only if changed.

A bucket is made from its documents alone, by any worker; what documents share is counted in a
database beside the output, so that memory does not grow with the corpus and a build that was ended
goes on where it stood.
"""
