-- When exams are open, and what lateness costs

CREATE TABLE "exam_schedules" (
    "exam_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "opens" TIMESTAMPTZ(3),
    "deadline" TIMESTAMPTZ(3),
    "grace_seconds" INTEGER NOT NULL,
    "late" TEXT NOT NULL,
    "fee_unit" TEXT,
    "fee_amount" DECIMAL(8,3),
    "fee_per" TEXT,
    "fee_most" DECIMAL(8,3),
    "counts" TEXT NOT NULL,
    "set_by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exam_schedules_pkey" PRIMARY KEY ("exam_id","number"),
    CONSTRAINT "exam_schedules_order_check" CHECK ("opens" IS NULL OR "deadline" IS NULL OR "opens" < "deadline"),
    CONSTRAINT "exam_schedules_grace_check" CHECK ("grace_seconds" >= 0),
    CONSTRAINT "exam_schedules_counts_check" CHECK ("counts" IN ('last', 'last-on-time')),
    CONSTRAINT "exam_schedules_late_check" CHECK (
      "late" IN ('refused', 'marked-late', 'deducted')
      AND ("late" = 'deducted') = ("fee_unit" IS NOT NULL AND "fee_amount" IS NOT NULL AND "fee_per" IS NOT NULL)
      AND ("late" = 'deducted' OR "fee_most" IS NULL)
    ),
    CONSTRAINT "exam_schedules_fee_check" CHECK (
      "fee_unit" IN ('points', 'percent') AND "fee_per" IN ('hour', 'day')
      AND "fee_amount" >= 0 AND "fee_amount" <> 'NaN' AND "fee_most" >= 0 AND "fee_most" <> 'NaN'
    )
);

CREATE TABLE "extensions" (
    "exam_id" UUID NOT NULL,
    "student_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "deadline" TIMESTAMPTZ(3),
    "why" TEXT NOT NULL,
    "granted_by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extensions_pkey" PRIMARY KEY ("exam_id","student_id","number"),
    CONSTRAINT "extensions_why_check" CHECK ("why" <> '')
);

ALTER TABLE "exam_schedules"
  ADD CONSTRAINT "exam_schedules_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "exam_schedules_set_by_id_fkey" FOREIGN KEY ("set_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "extensions"
  ADD CONSTRAINT "extensions_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "extensions_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "extensions_granted_by_id_fkey" FOREIGN KEY ("granted_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['exam_schedules', 'extensions'] LOOP
    EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END
$$;

-- What a release said about lateness

ALTER TABLE "releases"
  ADD COLUMN "late_seconds" INTEGER,
  ADD COLUMN "deduction" DECIMAL(8,3) NOT NULL DEFAULT 0,
  ADD CONSTRAINT "releases_deduction_check" CHECK ("deduction" >= 0 AND "deduction" <> 'NaN');

-- Which attempt of each student counts: the only place that decides it, whoever asks.

CREATE FUNCTION counting_submissions(exam uuid) RETURNS SETOF submissions LANGUAGE sql STABLE AS $$
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
    (schedule.counts = 'last-on-time' AND s.received_at >
      coalesce(extension.deadline, schedule.deadline) + make_interval(secs => schedule.grace_seconds)) IS NOT TRUE DESC,
    s.attempt DESC
$$;
