"""Waiting lists: services and their stages, referrals as dated events, both clocks, checks of the lists, imports."""
