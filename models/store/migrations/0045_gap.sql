CREATE TABLE gap_items (
  resident_id BIGINT NOT NULL,
  staff_id BIGINT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  contacts INT NOT NULL,
  last_on DATE,
  next_on DATE,
  version INT NOT NULL,
  updated_at {{time}} NOT NULL,
  PRIMARY KEY (resident_id)
) {{table}};
CREATE INDEX idx_gap_items_staff_id ON gap_items (staff_id);
CREATE TABLE gap_contacts (
  id {{id}},
  resident_id BIGINT NOT NULL,
  made_on DATE NOT NULL,
  way INT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  note TEXT NOT NULL,
  staff_id BIGINT NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_gap_contacts_resident_id ON gap_contacts (resident_id);
