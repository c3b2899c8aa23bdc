CREATE TABLE schedules (
  id {{id}},
  institution_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  doctor_id BIGINT NOT NULL,
  held_on DATE NOT NULL,
  opens INT NOT NULL,
  closes INT NOT NULL,
  slot_length INT NOT NULL,
  capacity INT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  status VARCHAR(16) NOT NULL,
  signed_quota INT NOT NULL,
  referral_quota INT NOT NULL,
  hold_hours INT NOT NULL,
  signed_taken INT NOT NULL,
  referral_taken INT NOT NULL,
  other_taken INT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX ix_schedules_inst ON schedules (institution_id, held_on, opens);
CREATE INDEX ix_schedules_team ON schedules (team_id, held_on, opens);
CREATE INDEX ix_schedules_doctor ON schedules (doctor_id, held_on, opens);
CREATE INDEX ix_schedules_day ON schedules (held_on);
CREATE TABLE schedule_slots (
  id {{id}},
  schedule_id BIGINT NOT NULL,
  begins INT NOT NULL,
  capacity INT NOT NULL,
  taken INT NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_schedule_slots ON schedule_slots (schedule_id, begins);
CREATE TABLE appointments (
  id {{id}},
  schedule_id BIGINT NOT NULL,
  slot_id BIGINT NOT NULL,
  seat INT,
  resident_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  doctor_id BIGINT NOT NULL,
  held_on DATE NOT NULL,
  starts_at {{time}} NOT NULL,
  minutes INT NOT NULL,
  live BOOLEAN,
  status VARCHAR(16) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  class VARCHAR(16) NOT NULL,
  booked_by VARCHAR(32) NOT NULL,
  past_block BOOLEAN NOT NULL,
  revisit BOOLEAN NOT NULL,
  checked_in_at {{time}},
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_appointments_schedule_id ON appointments (schedule_id);
CREATE UNIQUE INDEX ux_appointments_seat ON appointments (slot_id, seat);
CREATE UNIQUE INDEX ux_appointments_time ON appointments (resident_id, starts_at, live);
CREATE UNIQUE INDEX ux_appointments_doctor ON appointments (resident_id, doctor_id, held_on, live);
CREATE INDEX ix_appointments_resident ON appointments (resident_id, starts_at);
CREATE INDEX ix_appointments_inst ON appointments (institution_id, held_on, starts_at);
CREATE INDEX ix_appointments_team ON appointments (team_id, held_on, starts_at);
CREATE INDEX ix_appointments_staff ON appointments (doctor_id, held_on, starts_at);
CREATE INDEX ix_appointments_day ON appointments (status, held_on);
