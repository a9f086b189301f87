-- Who is excused from an exam or from a part of it

CREATE TABLE "excusals" (
    "exam_id" UUID NOT NULL,
    "student_id" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "excused" BOOLEAN NOT NULL,
    "why" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "excusals_pkey" PRIMARY KEY ("exam_id","student_id","part","number"),
    -- Only who is excused can be excused no longer, and only who is not can be excused.
    CONSTRAINT "excusals_number_check" CHECK ("number" >= 1 AND "excused" = ("number" % 2 = 1)),
    CONSTRAINT "excusals_why_check" CHECK ("why" <> '')
);

ALTER TABLE "excusals"
  ADD CONSTRAINT "excusals_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "excusals_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "excusals_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "excusals" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "excusals" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who is excused from what now; an empty part is the whole exam.
CREATE FUNCTION standing_excusals(of_exam uuid) RETURNS TABLE (student_id text, part text) LANGUAGE sql STABLE AS $$
  SELECT latest.student_id, latest.part FROM (
    SELECT DISTINCT ON (e.student_id, e.part) e.student_id, e.part, e.excused
    FROM excusals e WHERE e.exam_id = of_exam ORDER BY e.student_id, e.part, e.number DESC
  ) latest WHERE latest.excused
$$;
