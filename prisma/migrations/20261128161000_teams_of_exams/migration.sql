-- Who examines and marks a single exam, where it is kept to a team

CREATE TABLE "exam_staff" (
    "exam_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "by_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exam_staff_pkey" PRIMARY KEY ("exam_id","person_id","number"),
    -- The latest word on a person holds; `none` takes somebody out of the team.
    CONSTRAINT "exam_staff_role_check" CHECK ("role" IN ('examiner', 'marker', 'none') AND ("role" <> 'none' OR "number" > 1)),
    CONSTRAINT "exam_staff_number_check" CHECK ("number" >= 1)
);

CREATE INDEX "exam_staff_person_id_idx" ON "exam_staff"("person_id");

ALTER TABLE "exam_staff"
  ADD CONSTRAINT "exam_staff_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "exam_staff_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "exam_staff_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "exam_staff" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "exam_staff" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
