ALTER TABLE encounters ADD COLUMN services VARCHAR(255) NOT NULL DEFAULT '';
ALTER TABLE encounters ADD COLUMN answer VARCHAR(16) NOT NULL DEFAULT '';
ALTER TABLE encounters ADD COLUMN answered_by VARCHAR(32) NOT NULL DEFAULT '';
ALTER TABLE encounters ADD COLUMN answered_at {{time}};
ALTER TABLE followups ADD COLUMN control INT NOT NULL DEFAULT 0;
ALTER TABLE package_items ADD COLUMN service VARCHAR(32) NOT NULL DEFAULT '';
UPDATE package_items SET service = program WHERE service = '';
ALTER TABLE package_items DROP COLUMN program;
