"""The EHC process: a case is its dated events; stage, clocks and duties are a fold of them by `kept.rules.process`."""
