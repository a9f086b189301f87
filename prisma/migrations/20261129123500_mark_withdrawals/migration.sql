-- A mark can be taken back: the answer has none then until another is set.

CREATE TABLE "mark_withdrawals" (
    "id" UUID NOT NULL,
    "mark_id" UUID NOT NULL,
    "by_id" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mark_withdrawals_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "mark_withdrawals_mark_id_key" ON "mark_withdrawals"("mark_id");
CREATE INDEX "mark_withdrawals_by_id_idx" ON "mark_withdrawals"("by_id");

ALTER TABLE "mark_withdrawals"
  ADD CONSTRAINT "mark_withdrawals_mark_id_fkey" FOREIGN KEY ("mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "mark_withdrawals_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "mark_withdrawals" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "mark_withdrawals" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The mark that stands of each answer: its latest, unless that was taken back. At most one, since each but the first supersedes the
-- one before it, and none stands again because a later one was taken back.

CREATE VIEW standing_marks AS
  SELECT m.* FROM marks m
  WHERE NOT EXISTS (SELECT FROM marks later WHERE later.supersedes_id = m.id)
    AND NOT EXISTS (SELECT FROM mark_withdrawals w WHERE w.mark_id = m.id);

-- As before; whoever took back a mark has seen it as well.

CREATE OR REPLACE FUNCTION knows_of_answer(person text, answer uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM marks m WHERE m.answer_id = answer AND m.set_by_id = person
      AND NOT EXISTS (SELECT FROM scheme_change_marks c WHERE c.mark_id = m.id)
  ) OR EXISTS (
    SELECT FROM mark_withdrawals w JOIN marks m ON m.id = w.mark_id WHERE m.answer_id = answer AND w.by_id = person
  ) OR EXISTS (
    SELECT FROM second_marks WHERE answer_id = answer AND set_by_id = person
  ) OR EXISTS (
    SELECT FROM marking_flags f LEFT JOIN marking_flag_outcomes o ON o.flag_id = f.id
    WHERE f.answer_id = answer
      AND (f.asked_id = person OR o.outcome = 'answered' AND person IN (f.raised_by_id, o.by_id))
  )
$$;
