CREATE INDEX ix_encounters_answer ON encounters (team_id, answer, created_at);
