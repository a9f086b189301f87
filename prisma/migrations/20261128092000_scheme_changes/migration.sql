-- A draft of a version is marked by, so that one sees what it would change, and is nobody's exam until it is applied.
ALTER TABLE "exam_versions" ADD COLUMN "draft" BOOLEAN NOT NULL DEFAULT false;
DROP INDEX "exam_versions_exam_id_number_key";
CREATE UNIQUE INDEX "exam_versions_exam_id_draft_number_key" ON "exam_versions"("exam_id", "draft", "number");

-- The version a submission is marked under: at first the one it was received under.
ALTER TABLE "submissions" ADD COLUMN "scheme_version_id" UUID;
UPDATE "submissions" SET "scheme_version_id" = "exam_version_id";
ALTER TABLE "submissions" ALTER COLUMN "scheme_version_id" SET NOT NULL;
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_scheme_version_id_fkey" FOREIGN KEY ("scheme_version_id") REFERENCES "exam_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "submissions_scheme_version_id_idx" ON "submissions"("scheme_version_id");

-- The version whose scheme a release showed; null for releases from before, when there was but the one of its receipt.
ALTER TABLE "releases" ADD COLUMN "scheme_version_id" UUID;
ALTER TABLE "releases" ADD CONSTRAINT "releases_scheme_version_id_fkey" FOREIGN KEY ("scheme_version_id") REFERENCES "exam_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION marked_as_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."scheme_version_id" := coalesce(NEW."scheme_version_id", NEW."exam_version_id");
  RETURN NEW;
END
$$;
CREATE TRIGGER marked_as_received BEFORE INSERT ON "submissions" FOR EACH ROW EXECUTE FUNCTION marked_as_received();

-- A change of the scheme for all that was handed in, or the undoing of one.
CREATE TABLE "scheme_changes" (
    "id" UUID NOT NULL,
    "exam_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "from_version_id" UUID NOT NULL,
    "to_version_id" UUID NOT NULL,
    "draft_id" UUID,
    "undoes_id" UUID,
    "confirmed" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scheme_changes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "scheme_changes_number_check" CHECK ("number" >= 1),
    CONSTRAINT "scheme_changes_kind_check" CHECK (("draft_id" IS NULL) <> ("undoes_id" IS NULL)),
    CONSTRAINT "scheme_changes_confirmed_check" CHECK ("confirmed" IN ('keep', 'follow')),
    CONSTRAINT "scheme_changes_why_check" CHECK ("why" <> '')
);

CREATE TABLE "scheme_change_submissions" (
    "change_id" UUID NOT NULL,
    "submission_id" UUID NOT NULL,
    "from_version_id" UUID NOT NULL,

    CONSTRAINT "scheme_change_submissions_pkey" PRIMARY KEY ("change_id", "submission_id")
);

CREATE TABLE "scheme_change_marks" (
    "change_id" UUID NOT NULL,
    "mark_id" UUID NOT NULL,

    CONSTRAINT "scheme_change_marks_pkey" PRIMARY KEY ("change_id", "mark_id")
);

CREATE UNIQUE INDEX "scheme_changes_exam_id_number_key" ON "scheme_changes"("exam_id", "number");
CREATE UNIQUE INDEX "scheme_changes_undoes_id_key" ON "scheme_changes"("undoes_id");
CREATE UNIQUE INDEX "scheme_changes_draft_id_key" ON "scheme_changes"("draft_id");
CREATE UNIQUE INDEX "scheme_change_marks_mark_id_key" ON "scheme_change_marks"("mark_id");

ALTER TABLE "scheme_changes"
  ADD CONSTRAINT "scheme_changes_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exams"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_changes_from_version_id_fkey" FOREIGN KEY ("from_version_id") REFERENCES "exam_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_changes_to_version_id_fkey" FOREIGN KEY ("to_version_id") REFERENCES "exam_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_changes_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "exam_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_changes_undoes_id_fkey" FOREIGN KEY ("undoes_id") REFERENCES "scheme_changes"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_changes_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "scheme_change_submissions"
  ADD CONSTRAINT "scheme_change_submissions_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "scheme_changes"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_change_submissions_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_change_submissions_from_version_id_fkey" FOREIGN KEY ("from_version_id") REFERENCES "exam_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "scheme_change_marks"
  ADD CONSTRAINT "scheme_change_marks_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "scheme_changes"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scheme_change_marks_mark_id_fkey" FOREIGN KEY ("mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['scheme_changes', 'scheme_change_submissions', 'scheme_change_marks'] LOOP
    EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END
$$;
