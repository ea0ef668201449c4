"""Find dates in running text, in English and Russian, and write them as EDTF.

How dates are written is data/dates.toml; which date of the document a found date is, is said
elsewhere (catalogue, closing, registry). Years and EDTF are reckoned in calendar.py.
"""
