-- Samples of marked answers that somebody else marks too, and what came of them for each marker

CREATE TABLE "moderation_samples" (
    "id" UUID NOT NULL,
    "exam_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "seed" TEXT NOT NULL,
    "size" TEXT NOT NULL,
    "tolerance" DECIMAL(8,3) NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moderation_samples_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "moderation_samples_number_check" CHECK ("number" >= 1),
    CONSTRAINT "moderation_samples_tolerance_check" CHECK ("tolerance" >= 0)
);

CREATE TABLE "sampled_marks" (
    "sample_id" UUID NOT NULL,
    "mark_id" UUID NOT NULL,
    "chosen_as" TEXT NOT NULL,

    CONSTRAINT "sampled_marks_pkey" PRIMARY KEY ("sample_id","mark_id"),
    CONSTRAINT "sampled_marks_chosen_as_check" CHECK ("chosen_as" IN ('highest', 'lowest', 'boundary', 'fail', 'spread'))
);

CREATE TABLE "sample_outcomes" (
    "sample_id" UUID NOT NULL,
    "marker_id" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "answers" INTEGER NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- Decided once.
    CONSTRAINT "sample_outcomes_pkey" PRIMARY KEY ("sample_id","marker_id","part"),
    CONSTRAINT "sample_outcomes_outcome_check" CHECK ("outcome" IN ('accepted', 're-marked')),
    CONSTRAINT "sample_outcomes_own_check" CHECK ("marker_id" <> "by_id"),
    CONSTRAINT "sample_outcomes_why_check" CHECK ("why" <> '' AND "answers" >= 0)
);

-- Of two at the same moment, one finds its number taken.
CREATE UNIQUE INDEX "moderation_samples_exam_id_number_key" ON "moderation_samples"("exam_id", "number");
CREATE INDEX "sampled_marks_mark_id_idx" ON "sampled_marks"("mark_id");
CREATE INDEX "sample_outcomes_marker_id_idx" ON "sample_outcomes"("marker_id");

ALTER TABLE "moderation_samples"
  ADD CONSTRAINT "moderation_samples_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderation_samples_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "sampled_marks"
  ADD CONSTRAINT "sampled_marks_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "moderation_samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "sampled_marks_mark_id_fkey" FOREIGN KEY ("mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "sample_outcomes"
  ADD CONSTRAINT "sample_outcomes_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "moderation_samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "sample_outcomes_marker_id_fkey" FOREIGN KEY ("marker_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "sample_outcomes_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['moderation_samples', 'sampled_marks', 'sample_outcomes'] LOOP
    EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END
$$;
