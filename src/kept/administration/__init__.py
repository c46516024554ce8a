"""Joiners, movers and leavers: invitations, roles, agencies and teams, and the quarterly review of who needs what."""
