-- Names and work can be erased, by an order that is written down and that holds for one transaction.

ALTER TABLE "submissions" ADD COLUMN "erased_at" TIMESTAMPTZ(3);

CREATE TABLE "erasures" (
    "id" UUID NOT NULL,
    "user_id" TEXT,
    "submission_id" UUID,
    "ordered_by_id" TEXT,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "erasures_of_one_check" CHECK (("user_id" IS NULL) <> ("submission_id" IS NULL))
);

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  erasure text := coalesce(current_setting('tensormark.erasure', true), '');
BEGIN
  -- Columns of erasures themselves are never touched, and nothing is ever deleted.
  IF TG_OP = 'UPDATE' AND erasure <> '' AND TG_TABLE_NAME <> 'erasures' THEN
    -- The order has been written by this very transaction.
    PERFORM FROM erasures WHERE id::text = erasure AND xmin = pg_current_xact_id()::xid;
    IF FOUND THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'Rows of % are never changed or deleted; add a new one instead.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "erasures" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "erasures" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
