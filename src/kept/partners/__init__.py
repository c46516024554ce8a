"""The desk of those whom the council asks: health, social care, psychology, schools. Advice, pupils, early notices."""
