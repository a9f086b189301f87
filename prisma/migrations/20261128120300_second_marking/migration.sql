-- Answers that two people mark, the second without seeing the first mark, and what came of it

CREATE TABLE "second_marking_orders" (
    "answer_id" UUID NOT NULL,
    "tolerance" DECIMAL(8,3) NOT NULL,
    "agreed" TEXT NOT NULL,
    "step" DECIMAL(8,3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "second_marking_orders_pkey" PRIMARY KEY ("answer_id"),
    CONSTRAINT "second_marking_orders_agreed_check" CHECK ("agreed" IN ('first', 'mean')),
    CONSTRAINT "second_marking_orders_marks_check" CHECK ("tolerance" >= 0 AND "step" > 0)
);

CREATE TABLE "second_marks" (
    "id" UUID NOT NULL,
    "answer_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "marks" DECIMAL(8,3) NOT NULL,
    "why" TEXT NOT NULL,
    "breakdown" JSON,
    "set_by_id" TEXT NOT NULL,
    "first_mark_id" UUID NOT NULL,
    "reading_id" UUID NOT NULL,
    "exam_version_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "second_marks_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "second_marks_number_check" CHECK ("number" >= 1),
    CONSTRAINT "second_marks_marks_check" CHECK ("marks" >= 0)
);

CREATE TABLE "moderations" (
    "second_mark_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "first_mark_id" UUID NOT NULL,
    "mark_id" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moderations_pkey" PRIMARY KEY ("second_mark_id"),
    CONSTRAINT "moderations_outcome_check" CHECK ("outcome" IN ('agreed', 'first', 'second', 'other')),
    -- Whoever decides between two says why; a rule that was stated before need not.
    CONSTRAINT "moderations_why_check" CHECK ("outcome" = 'agreed' OR "why" <> '')
);

CREATE UNIQUE INDEX "second_marks_answer_id_number_key" ON "second_marks"("answer_id", "number");
CREATE INDEX "second_marks_set_by_id_idx" ON "second_marks"("set_by_id");
CREATE INDEX "moderations_mark_id_idx" ON "moderations"("mark_id");

ALTER TABLE "second_marking_orders"
  ADD CONSTRAINT "second_marking_orders_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "second_marks"
  ADD CONSTRAINT "second_marks_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "second_marking_orders"("answer_id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "second_marks_set_by_id_fkey" FOREIGN KEY ("set_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "second_marks_first_mark_id_fkey" FOREIGN KEY ("first_mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "second_marks_reading_id_fkey" FOREIGN KEY ("reading_id") REFERENCES "answer_readings"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "second_marks_exam_version_id_fkey" FOREIGN KEY ("exam_version_id") REFERENCES "exam_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "moderations"
  ADD CONSTRAINT "moderations_second_mark_id_fkey" FOREIGN KEY ("second_mark_id") REFERENCES "second_marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderations_first_mark_id_fkey" FOREIGN KEY ("first_mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderations_mark_id_fkey" FOREIGN KEY ("mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderations_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['second_marking_orders', 'second_marks', 'moderations'] LOOP
    EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END;
$$;

-- What a marked answer that two people mark still wants, as it reads now: a second mark, or a decision between two. Null: neither.

CREATE FUNCTION second_marking_wants(answer uuid, reading uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM second_marking_orders WHERE answer_id = answer) THEN NULL
    WHEN s.id IS NULL OR NOT mark_stands(s.reading_id, reading) THEN 'second-mark'
    WHEN NOT EXISTS (SELECT FROM moderations WHERE second_mark_id = s.id) THEN 'moderation'
  END
  FROM (SELECT) AS once
  LEFT JOIN LATERAL (
    SELECT id, reading_id FROM second_marks WHERE answer_id = answer ORDER BY number DESC LIMIT 1
  ) s ON true
$$;

-- Who cannot give an answer its second mark: who has marked it already, and who has spoken of it with a colleague.

CREATE FUNCTION knows_of_answer(person text, answer uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM marks m WHERE m.answer_id = answer AND m.set_by_id = person
      AND NOT EXISTS (SELECT FROM scheme_change_marks c WHERE c.mark_id = m.id)
  ) OR EXISTS (
    SELECT FROM second_marks WHERE answer_id = answer AND set_by_id = person
  ) OR EXISTS (
    SELECT FROM marking_flags f LEFT JOIN marking_flag_outcomes o ON o.flag_id = f.id
    WHERE f.answer_id = answer
      AND (f.asked_id = person OR o.outcome = 'answered' AND person IN (f.raised_by_id, o.by_id))
  )
$$;
