CREATE INDEX ix_encounters_doctor ON encounters (doctor_id, visited_on);
CREATE INDEX ix_encounters_account ON encounters (account_id, created_at);
ALTER TABLE flags ADD COLUMN finding VARCHAR(2048) NOT NULL DEFAULT '';
CREATE INDEX ix_flags_doctor ON flags (doctor_id, `kind`);
