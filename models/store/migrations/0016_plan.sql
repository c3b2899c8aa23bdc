DROP TABLE tasks;
CREATE TABLE tasks (
  id {{id}},
  resident_id BIGINT NOT NULL,
  program VARCHAR(32) NOT NULL,
  membership_id BIGINT NOT NULL,
  task_key VARCHAR(24) NOT NULL,
  label VARCHAR(64) NOT NULL,
  `kind` VARCHAR(24) NOT NULL,
  service VARCHAR(32) NOT NULL,
  at_home BOOLEAN NOT NULL,
  urgent BOOLEAN NOT NULL,
  status VARCHAR(16) NOT NULL,
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  lane INT NOT NULL,
  counts_from DATE NOT NULL,
  window_from DATE NOT NULL,
  due_on DATE NOT NULL,
  `until` DATE,
  opened_by BIGINT NOT NULL,
  closed_by BIGINT NOT NULL,
  closed_on DATE,
  reason VARCHAR(64) NOT NULL,
  staff_id BIGINT NOT NULL,
  visit_on DATE,
  attempts INT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_tasks_key ON tasks (resident_id, program, membership_id, task_key);
CREATE INDEX ix_tasks_inst ON tasks (institution_id, lane, due_on);
CREATE INDEX ix_tasks_lane ON tasks (lane, due_on);
CREATE INDEX ix_tasks_staff ON tasks (staff_id, lane, due_on);
CREATE INDEX ix_tasks_team ON tasks (team_id, lane, due_on);
CREATE INDEX ix_tasks_team_due ON tasks (team_id, due_on);
CREATE INDEX ix_tasks_visit ON tasks (visit_on);
CREATE TABLE task_attempts (
  id {{id}},
  task_id BIGINT NOT NULL,
  made_on DATE NOT NULL,
  way INT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  note TEXT NOT NULL,
  staff_id BIGINT NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_task_attempts_task_id ON task_attempts (task_id);
CREATE TABLE pregnancies (
  id {{id}},
  resident_id BIGINT NOT NULL,
  membership_id BIGINT NOT NULL,
  lmp DATE,
  delivered_on DATE,
  discharged_on DATE,
  outcome VARCHAR(16) NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_pregnancies_resident_id ON pregnancies (resident_id);
CREATE UNIQUE INDEX idx_pregnancies_membership_id ON pregnancies (membership_id);
CREATE INDEX idx_pregnancies_delivered_on ON pregnancies (delivered_on);
ALTER TABLE followups ADD COLUMN risk INT NOT NULL DEFAULT 0;
ALTER TABLE memberships ADD COLUMN closed_by BIGINT NOT NULL DEFAULT 0;
