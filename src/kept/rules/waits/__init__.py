"""Waiting lists: arithmetic, exact queues, a simulator of lists and the people who shorten them, honest statements.

Every function takes plain numbers or frozen facts and gives plain numbers back. Weeks count from 0 = this week;
waits are weeks unless a name says days. Nothing here reads a clock, a file of the area or a database.
"""
