-- Which attempt of each student counts, where an extension gives time and never takes any: also where everybody's deadline
-- was moved behind it since, or lifted. The rules in libs/deadlines say the same.

CREATE OR REPLACE FUNCTION counting_submissions(exam uuid) RETURNS SETOF submissions LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (s.student_id) s.*
  FROM submissions s
  LEFT JOIN LATERAL (
    SELECT t.deadline, t.grace_seconds, t.counts FROM exam_schedules t
    WHERE t.exam_id = exam ORDER BY t.number DESC LIMIT 1
  ) schedule ON true
  LEFT JOIN LATERAL (
    SELECT e.deadline FROM extensions e
    WHERE e.exam_id = exam AND e.student_id = s.student_id ORDER BY e.number DESC LIMIT 1
  ) extension ON true
  WHERE s.exam_id = exam
  ORDER BY s.student_id,
    -- No deadline is later than any; greatest() passes over an extension that there is not.
    (schedule.counts = 'last-on-time' AND schedule.deadline IS NOT NULL AND s.received_at >
      greatest(extension.deadline, schedule.deadline) + make_interval(secs => schedule.grace_seconds)) IS NOT TRUE DESC,
    s.attempt DESC
$$;
