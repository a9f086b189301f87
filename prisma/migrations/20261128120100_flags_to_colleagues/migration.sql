-- Answers that a marker asks colleagues about, and what came of it

CREATE TABLE "marking_flags" (
    "id" UUID NOT NULL,
    "answer_id" UUID NOT NULL,
    "note" TEXT NOT NULL,
    "raised_by_id" TEXT NOT NULL,
    "asked_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marking_flags_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "marking_flags_a_colleague_check" CHECK ("asked_id" <> "raised_by_id")
);

CREATE TABLE "marking_flag_outcomes" (
    "flag_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "mark_id" UUID,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marking_flag_outcomes_pkey" PRIMARY KEY ("flag_id"),
    CONSTRAINT "marking_flag_outcomes_outcome_check" CHECK ("outcome" IN ('answered', 'withdrawn')),
    CONSTRAINT "marking_flag_outcomes_mark_check" CHECK ("outcome" = 'answered' OR "mark_id" IS NULL)
);

CREATE INDEX "marking_flags_answer_id_idx" ON "marking_flags"("answer_id");
CREATE INDEX "marking_flags_asked_id_idx" ON "marking_flags"("asked_id");

ALTER TABLE "marking_flags"
  ADD CONSTRAINT "marking_flags_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answers"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "marking_flags_raised_by_id_fkey" FOREIGN KEY ("raised_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "marking_flags_asked_id_fkey" FOREIGN KEY ("asked_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "marking_flag_outcomes"
  ADD CONSTRAINT "marking_flag_outcomes_flag_id_fkey" FOREIGN KEY ("flag_id") REFERENCES "marking_flags"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "marking_flag_outcomes_mark_id_fkey" FOREIGN KEY ("mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "marking_flag_outcomes_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "marking_flags" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "marking_flags" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "marking_flag_outcomes" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "marking_flag_outcomes" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
