-- What markers say again and again, shared by all who mark an exam

CREATE TABLE "comments" (
    "id" UUID NOT NULL,
    "exam_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),
    "retired_by_id" TEXT,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "comments_text_check" CHECK ("text" <> ''),
    CONSTRAINT "comments_retired_check" CHECK (("retired_at" IS NULL) = ("retired_by_id" IS NULL))
);

CREATE INDEX "comments_exam_id_question_idx" ON "comments"("exam_id", "question");

ALTER TABLE "comments"
  ADD CONSTRAINT "comments_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "comments_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "comments_retired_by_id_fkey" FOREIGN KEY ("retired_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Its words stay; it is only taken out of use.
CREATE TRIGGER words_stay BEFORE UPDATE ON "comments" FOR EACH ROW
  WHEN ((OLD."id", OLD."exam_id", OLD."question", OLD."text", OLD."created_by_id", OLD."created_at")
    IS DISTINCT FROM
       (NEW."id", NEW."exam_id", NEW."question", NEW."text", NEW."created_by_id", NEW."created_at")
    OR OLD."retired_at" IS NOT NULL)
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON "comments" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "comments" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
