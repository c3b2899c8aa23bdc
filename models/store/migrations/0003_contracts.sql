CREATE TABLE packages (
  id {{id}},
  code VARCHAR(8) NOT NULL,
  name VARCHAR(64) NOT NULL,
  base BOOLEAN NOT NULL,
  population VARCHAR(4) NOT NULL,
  price_cents BIGINT NOT NULL,
  payer_cents BIGINT NOT NULL,
  intro VARCHAR(255) NOT NULL,
  active BOOLEAN NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_packages_code ON packages (code);

CREATE TABLE package_items (
  id {{id}},
  package_id BIGINT NOT NULL,
  name VARCHAR(64) NOT NULL,
  unit VARCHAR(8) NOT NULL,
  quota INT NOT NULL,
  program VARCHAR(32) NOT NULL
) {{table}};
CREATE INDEX idx_package_items_package_id ON package_items (package_id);

CREATE TABLE agreement_templates (
  id {{id}},
  version INT NOT NULL,
  title VARCHAR(128) NOT NULL,
  body TEXT NOT NULL,
  begins_on DATE NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE UNIQUE INDEX idx_agreement_templates_version ON agreement_templates (version);

CREATE TABLE contracts (
  id {{id}},
  no VARCHAR(32) NOT NULL,
  resident_id BIGINT NOT NULL,
  slot VARCHAR(8),
  team_id BIGINT NOT NULL,
  institution_id BIGINT NOT NULL,
  doctor_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  source VARCHAR(1) NOT NULL,
  term_years INT NOT NULL,
  begin_date DATE,
  end_date DATE,
  signed_on DATE,
  stopped_on DATE,
  stop_reason VARCHAR(2) NOT NULL,
  note VARCHAR(255) NOT NULL,
  previous_id BIGINT NOT NULL,
  signing_id BIGINT NOT NULL,
  disputed BOOLEAN NOT NULL,
  due_on DATE,
  opened_by VARCHAR(32) NOT NULL,
  template_id BIGINT NOT NULL,
  version INT NOT NULL,
  created_at {{time}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_contracts_begin_date ON contracts (begin_date);
CREATE INDEX idx_contracts_end_date ON contracts (end_date);
CREATE INDEX idx_contracts_institution_id ON contracts (institution_id);
CREATE UNIQUE INDEX idx_contracts_no ON contracts (no);
CREATE INDEX idx_contracts_previous_id ON contracts (previous_id);
CREATE INDEX idx_contracts_resident_id ON contracts (resident_id);
CREATE INDEX idx_contracts_signing_id ON contracts (signing_id);
CREATE INDEX ix_contracts_team ON contracts (team_id, status);
CREATE UNIQUE INDEX ux_contracts_slot ON contracts (resident_id, slot);

CREATE TABLE contract_packages (
  id {{id}},
  contract_id BIGINT NOT NULL,
  package_id BIGINT NOT NULL,
  name VARCHAR(64) NOT NULL,
  price_cents BIGINT NOT NULL,
  payer_cents BIGINT NOT NULL
) {{table}};
CREATE UNIQUE INDEX ux_contract_packages ON contract_packages (contract_id, package_id);

CREATE TABLE contract_events (
  id {{id}},
  contract_id BIGINT NOT NULL,
  at {{time}} NOT NULL,
  move VARCHAR(16) NOT NULL,
  from_status VARCHAR(16) NOT NULL,
  to_status VARCHAR(16) NOT NULL,
  made_by VARCHAR(32) NOT NULL,
  reason VARCHAR(255) NOT NULL
) {{table}};
CREATE INDEX idx_contract_events_contract_id ON contract_events (contract_id);

CREATE TABLE agreements (
  id {{id}},
  contract_id BIGINT NOT NULL,
  template_id BIGINT NOT NULL,
  text TEXT NOT NULL,
  hash VARCHAR(64) NOT NULL,
  signer_kind VARCHAR(16) NOT NULL,
  signer_id BIGINT NOT NULL,
  relation VARCHAR(2) NOT NULL,
  way VARCHAR(16) NOT NULL,
  signature MEDIUMTEXT NOT NULL,
  witness_id BIGINT NOT NULL,
  device VARCHAR(128) NOT NULL,
  ip VARCHAR(64) NOT NULL,
  signed_at {{time}} NOT NULL,
  team_signer BIGINT NOT NULL,
  team_signed {{time}}
) {{table}};
CREATE UNIQUE INDEX idx_agreements_contract_id ON agreements (contract_id);

CREATE TABLE household_signings (
  id {{id}},
  household_id BIGINT NOT NULL,
  representative_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  signed_by VARCHAR(32) NOT NULL,
  created_at {{time}} NOT NULL
) {{table}};
CREATE INDEX idx_household_signings_household_id ON household_signings (household_id);

CREATE TABLE contract_disputes (
  id {{id}},
  contract_id BIGINT NOT NULL,
  statement VARCHAR(255) NOT NULL,
  raised_by VARCHAR(32) NOT NULL,
  raised_at {{time}} NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  finding VARCHAR(255) NOT NULL,
  settled_by VARCHAR(32) NOT NULL,
  settled_at {{time}}
) {{table}};
CREATE INDEX idx_contract_disputes_outcome ON contract_disputes (outcome);
CREATE INDEX idx_contract_disputes_contract_id ON contract_disputes (contract_id);

