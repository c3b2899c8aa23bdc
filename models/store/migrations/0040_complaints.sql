CREATE TABLE complaints (
  id {{id}},
  no VARCHAR(32) NOT NULL,
  source_no VARCHAR(64) NOT NULL,
  channel VARCHAR(16) NOT NULL,
  category VARCHAR(16) NOT NULL,
  urgent BOOLEAN NOT NULL,
  content TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  anonymous BOOLEAN NOT NULL,
  resident_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  handler_inst_id BIGINT NOT NULL,
  handler_team_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  received_at {{time}} NOT NULL,
  due_at {{time}} NOT NULL,
  waiting_until {{time}},
  replied_at {{time}},
  late BOOLEAN NOT NULL,
  dispatches INT NOT NULL,
  reopens INT NOT NULL,
  result TEXT NOT NULL,
  satisfaction VARCHAR(16) NOT NULL,
  resolved VARCHAR(4) NOT NULL,
  visited_at {{time}},
  closed_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_complaints_no ON complaints (no);
CREATE INDEX idx_complaints_resident_id ON complaints (resident_id);
CREATE INDEX idx_complaints_status ON complaints (status);
CREATE INDEX idx_complaints_received_at ON complaints (received_at);
CREATE INDEX idx_complaints_waiting_until ON complaints (waiting_until);
CREATE INDEX ix_complaints_inst ON complaints (handler_inst_id, received_at);
CREATE INDEX ix_complaints_team ON complaints (handler_team_id, received_at);
