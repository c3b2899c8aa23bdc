CREATE TABLE process_events (
  id {{id}},
  noun VARCHAR(24) NOT NULL,
  noun_id BIGINT NOT NULL,
  at {{time}} NOT NULL,
  move VARCHAR(24) NOT NULL,
  from_state VARCHAR(24) NOT NULL,
  to_state VARCHAR(24) NOT NULL,
  made_by VARCHAR(32) NOT NULL,
  reason TEXT NOT NULL
) {{table}};
CREATE INDEX ix_process_events ON process_events (noun, noun_id);
