-- Releases that wait for their time, and results that are kept back

CREATE TABLE "release_plans" (
    "exam_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "zone" TEXT NOT NULL,
    "because" JSON NOT NULL,
    "released" INTEGER,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- Of two workers that carry out the same plan, one finds its number taken, and all it did is undone.
    CONSTRAINT "release_plans_pkey" PRIMARY KEY ("exam_id","number"),
    CONSTRAINT "release_plans_action_check" CHECK (
      "action" IN ('planned', 'held', 'done', 'cancelled') AND ("action" = 'done') = ("released" IS NOT NULL)
    ),
    CONSTRAINT "release_plans_number_check" CHECK ("number" >= 1)
);

CREATE TABLE "withheld_results" (
    "exam_id" UUID NOT NULL,
    "student_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "withheld" BOOLEAN NOT NULL,
    "why" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "withheld_results_pkey" PRIMARY KEY ("exam_id","student_id","number"),
    -- Only what is withheld can be let go, and only what is not can be withheld.
    CONSTRAINT "withheld_results_number_check" CHECK ("number" >= 1 AND "withheld" = ("number" % 2 = 1)),
    CONSTRAINT "withheld_results_why_check" CHECK ("why" <> '')
);

ALTER TABLE "release_plans"
  ADD CONSTRAINT "release_plans_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "release_plans_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "withheld_results"
  ADD CONSTRAINT "withheld_results_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "withheld_results_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "withheld_results_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['release_plans', 'withheld_results'] LOOP
    EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END
$$;
