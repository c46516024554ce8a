"""Open Referral UK and the Local Offer as pure Python: entries, feeds, freshness, wording and the law's checklist."""
