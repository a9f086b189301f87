-- Rules the tables keep by themselves, whoever writes to them.

-- Words and ranges

ALTER TABLE "users" ADD CONSTRAINT "users_role_check" CHECK ("role" IN ('student', 'marker', 'examiner'));

ALTER TABLE "exam_versions"
  ADD CONSTRAINT "exam_versions_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "exam_versions_content_hash_check" CHECK ("content_hash" ~ '^[0-9a-f]{64}$');

ALTER TABLE "exam_parts" ADD CONSTRAINT "exam_parts_maximum_check" CHECK ("maximum" >= 0 AND "maximum" <> 'NaN');

ALTER TABLE "submissions"
  ADD CONSTRAINT "submissions_attempt_check" CHECK ("attempt" >= 1),
  ADD CONSTRAINT "submissions_size_check" CHECK ("size" >= 0),
  ADD CONSTRAINT "submissions_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "submissions_state_check"
    CHECK ("state" IN ('received', 'splitting', 'marking', 'ready', 'needs-person', 'failed'));

ALTER TABLE "answer_readings"
  ADD CONSTRAINT "answer_readings_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "answer_readings_confidence_check" CHECK ("confidence" BETWEEN 0 AND 1),
  ADD CONSTRAINT "answer_readings_reader_check" CHECK (("engine_version" IS NULL) <> ("read_by_id" IS NULL));

ALTER TABLE "proposed_marks"
  ADD CONSTRAINT "proposed_marks_outcome_check" CHECK ("outcome" IN ('proposed', 'needs-person', 'absent', 'failed')),
  ADD CONSTRAINT "proposed_marks_marks_check"
    CHECK (("outcome" = 'proposed') = ("marks" IS NOT NULL) AND "marks" IS DISTINCT FROM 'NaN'),
  ADD CONSTRAINT "proposed_marks_doubt_check" CHECK ("doubt" BETWEEN 0 AND 1);

ALTER TABLE "marks"
  ADD CONSTRAINT "marks_number_check" CHECK ("number" >= 1 AND ("number" = 1) = ("supersedes_id" IS NULL)),
  ADD CONSTRAINT "marks_marks_check" CHECK ("marks" >= 0 AND "marks" <> 'NaN'),
  ADD CONSTRAINT "marks_origin_check"
    CHECK ("origin" IN ('confirmed', 'changed', 'set') AND ("origin" = 'set' OR "proposed_mark_id" IS NOT NULL));

ALTER TABLE "releases"
  ADD CONSTRAINT "releases_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "releases_action_check" CHECK ("action" IN ('released', 'withdrawn'));

-- What is written once

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are never changed or deleted; add a new one instead.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY[
    'exam_versions', 'exam_parts', 'submission_files', 'answers', 'answer_readings',
    'marks', 'releases', 'release_marks', 'audit_entries'
  ] LOOP
    EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['submissions', 'proposed_marks'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END
$$;

-- A proposal that failed by a fault of ours may be made good; any other stays as it was made.
CREATE TRIGGER only_failures_are_replaced BEFORE UPDATE ON "proposed_marks" FOR EACH ROW
  WHEN (OLD."outcome" <> 'failed'
    OR (OLD."id", OLD."answer_id", OLD."reading_id", OLD."engine_version", OLD."exam_version_id", OLD."scheme_hash")
    IS DISTINCT FROM
       (NEW."id", NEW."answer_id", NEW."reading_id", NEW."engine_version", NEW."exam_version_id", NEW."scheme_hash"))
  EXECUTE FUNCTION refuse_change();

-- Of a submission only its state moves; what the receipt says stays.
CREATE TRIGGER receipt_stays BEFORE UPDATE ON "submissions" FOR EACH ROW
  WHEN ((OLD."id", OLD."exam_id", OLD."exam_version_id", OLD."student_id", OLD."attempt", OLD."file_name",
         OLD."media_type", OLD."size", OLD."sha256", OLD."received_at", OLD."receipt_code")
    IS DISTINCT FROM
        (NEW."id", NEW."exam_id", NEW."exam_version_id", NEW."student_id", NEW."attempt", NEW."file_name",
         NEW."media_type", NEW."size", NEW."sha256", NEW."received_at", NEW."receipt_code"))
  EXECUTE FUNCTION refuse_change();
