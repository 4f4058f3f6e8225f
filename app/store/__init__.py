"""The only place with SQL: tables and the questions asked of them, grouped by noun.

Functions take an open connection and never commit; the use cases own the transaction.
"""
