-- How a document is cut, said by a person

CREATE TABLE "split_confirmations" (
    "submission_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "by_id" TEXT NOT NULL,
    "changed" TEXT[],
    "why" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "split_confirmations_pkey" PRIMARY KEY ("submission_id","number"),
    CONSTRAINT "split_confirmations_number_check" CHECK ("number" >= 1)
);

ALTER TABLE "split_confirmations"
  ADD CONSTRAINT "split_confirmations_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "split_confirmations_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "split_confirmations" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "split_confirmations" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whether a mark was given to the answer as it reads now. One that was not is kept, and a person looks again.

CREATE FUNCTION mark_stands(marked uuid, current uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT marked = current OR EXISTS (
    SELECT FROM answer_readings m JOIN answer_readings c ON c.found = m.found AND c.text = m.text
    WHERE m.id = marked AND c.id = current
  )
$$;
