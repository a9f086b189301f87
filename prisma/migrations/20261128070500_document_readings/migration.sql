-- What was read from files that are not text themselves

CREATE TABLE "document_readings" (
    "id" UUID NOT NULL,
    "submission_id" UUID NOT NULL,
    "engine_version" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "layout" JSON NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_readings_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "document_readings_submission_id_engine_version_key" ON "document_readings"("submission_id", "engine_version");

ALTER TABLE "document_readings"
  ADD CONSTRAINT "document_readings_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "document_readings" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "document_readings" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
