import pg from 'pg';

/**
 * Gives every student who has not handed in a copy of a submission that was marked already, with its answers, readings and
 * proposals: thousands in seconds, where marking each would take minutes. Returns how many students have handed in then.
 */
export async function copyToWholeCohort(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`
      CREATE TEMPORARY TABLE copied AS
      SELECT from_id, gen_random_uuid() AS to_id, student_id FROM (
        SELECT u.id AS student_id, taken.ids[1 + (row_number() OVER ())::int % cardinality(taken.ids)] AS from_id
        FROM users u, (SELECT array_agg(id) AS ids FROM submissions) AS taken
        WHERE u.role = 'student' AND u.id LIKE 'storm-%' AND NOT EXISTS (SELECT FROM submissions s WHERE s.student_id = u.id)
      ) AS given`);
    await client.query(`
      CREATE TEMPORARY TABLE copied_answers AS
      SELECT a.id AS from_id, gen_random_uuid() AS to_id, c.to_id AS submission_id, a.part
      FROM copied c JOIN answers a ON a.submission_id = c.from_id`);
    await client.query(`
      CREATE TEMPORARY TABLE copied_readings AS
      SELECT r.id AS from_id, gen_random_uuid() AS to_id, a.to_id AS answer_id
      FROM copied_answers a JOIN answer_readings r ON r.answer_id = a.from_id`);
    await client.query(`
      INSERT INTO submissions (id, exam_id, exam_version_id, scheme_version_id, student_id, attempt, file_name, media_type, size,
                               sha256, received_at, receipt_code, state)
      SELECT c.to_id, s.exam_id, s.exam_version_id, s.scheme_version_id, c.student_id, 1, s.file_name, s.media_type, s.size,
             s.sha256, s.received_at, s.receipt_code || '-' || c.student_id, s.state
      FROM copied c JOIN submissions s ON s.id = c.from_id`);
    await client.query(`
      INSERT INTO enrolments (exam_id, student_id) SELECT exam_id, student_id FROM submissions ON CONFLICT DO NOTHING`);
    await client.query(`
      INSERT INTO answers (id, submission_id, part) SELECT to_id, submission_id, part FROM copied_answers`);
    await client.query(`
      INSERT INTO answer_readings (id, answer_id, number, found, text, pieces, confidence, reasons, content_hash, engine_version)
      SELECT c.to_id, c.answer_id, r.number, r.found, r.text, r.pieces, r.confidence, r.reasons, r.content_hash, r.engine_version
      FROM copied_readings c JOIN answer_readings r ON r.id = c.from_id`);
    await client.query(`
      INSERT INTO proposed_marks (id, answer_id, reading_id, engine_version, exam_version_id, scheme_hash, outcome, marks, doubt, evidence)
      SELECT gen_random_uuid(), c.answer_id, c.to_id, p.engine_version, p.exam_version_id, p.scheme_hash, p.outcome, p.marks,
             random(), p.evidence
      FROM copied_readings c JOIN proposed_marks p ON p.reading_id = c.from_id`);
    await client.query('ANALYZE');
    const { rows } = await client.query<{ students: string }>(
      'SELECT count(DISTINCT student_id) AS students FROM submissions',
    );
    return Number(rows[0]?.students);
  } finally {
    await client.end();
  }
}

/** Gives every answer a mark of a marker's, some number of halves; returns how many. */
export async function markWholeCohort(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(`
      INSERT INTO marks (id, answer_id, number, marks, origin, why, set_by_id, proposed_mark_id, reading_id, exam_version_id, scheme_hash)
      SELECT gen_random_uuid(), a.id, 1, round(random()::numeric * floor(ep.maximum * 2)) / 2, 'changed', 'Read.',
             (SELECT id FROM users WHERE role = 'marker' LIMIT 1), p.id, p.reading_id, p.exam_version_id, p.scheme_hash
      FROM answers a JOIN proposed_marks p ON p.answer_id = a.id
      JOIN exam_parts ep ON ep.exam_version_id = p.exam_version_id AND ep.part = a.part`);
    await client.query('ANALYZE');
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
