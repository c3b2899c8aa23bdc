INSERT INTO assessment_schemes (id, version, begins_on, deduction, veto, created_at)
SELECT * FROM (SELECT 1 AS id, 1 AS version, '2020-01-01' AS begins_on, 500 AS deduction, 3 AS veto, CURRENT_TIMESTAMP AS created_at) AS x
WHERE NOT EXISTS (SELECT 1 FROM assessment_schemes s);
INSERT INTO scheme_items (scheme_id, code, place, weight, mode, target)
SELECT * FROM (
  SELECT 1 AS scheme_id, 'rate_all' AS code, 1 AS place, 500 AS weight, 'proportion' AS mode, 0 AS target
  UNION ALL SELECT 1, 'rate_key', 2, 1000, 'proportion', 0
  UNION ALL SELECT 1, 'fulfilment', 3, 1500, 'proportion', 9000
  UNION ALL SELECT 1, 'confirmed', 4, 1000, 'proportion', 5000
  UNION ALL SELECT 1, 'H01', 5, 1000, 'proportion', 0
  UNION ALL SELECT 1, 'D01', 6, 1000, 'proportion', 0
  UNION ALL SELECT 1, 'H02', 7, 500, 'proportion', 0
  UNION ALL SELECT 1, 'D02', 8, 500, 'proportion', 0
  UNION ALL SELECT 1, 'renewal', 9, 500, 'proportion', 8000
  UNION ALL SELECT 1, 'satisfaction', 10, 1000, 'proportion', 8500
  UNION ALL SELECT 1, 'awareness', 11, 500, 'proportion', 8000
  UNION ALL SELECT 1, 'referral_arrival', 12, 250, 'proportion', 9000
  UNION ALL SELECT 1, 'referral_followed', 13, 250, 'proportion', 9000
  UNION ALL SELECT 1, 'records', 14, 500, 'proportion', 9800
) AS x
WHERE NOT EXISTS (SELECT 1 FROM scheme_items i);
