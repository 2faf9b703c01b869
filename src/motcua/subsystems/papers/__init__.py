"""The paper store of a person: a paper given once is never asked again."""
