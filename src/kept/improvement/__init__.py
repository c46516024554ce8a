"""Improvement programmes that cannot become box-ticking: findings, causes, actions, evidence, verdicts."""
