-- Whose desk an answer lies on

CREATE TABLE "marking_holds" (
    "answer_id" UUID NOT NULL,
    "holder_id" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "marking_holds_pkey" PRIMARY KEY ("answer_id")
);

CREATE INDEX "marking_holds_holder_id_idx" ON "marking_holds"("holder_id");

ALTER TABLE "marking_holds"
  ADD CONSTRAINT "marking_holds_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answers"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "marking_holds_holder_id_fkey" FOREIGN KEY ("holder_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Second looks

CREATE TABLE "review_requests" (
    "id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "answer_id" UUID NOT NULL,
    "item" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL,
    "asked_by_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_requests_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "review_outcomes" (
    "request_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "mark_id" UUID,
    "answered_by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_outcomes_pkey" PRIMARY KEY ("request_id"),
    CONSTRAINT "review_outcomes_outcome_check"
      CHECK ("outcome" IN ('kept', 'changed') AND ("outcome" = 'changed') = ("mark_id" IS NOT NULL)),
    CONSTRAINT "review_outcomes_reason_check" CHECK ("reason" <> '')
);

CREATE INDEX "review_requests_answer_id_idx" ON "review_requests"("answer_id");
CREATE UNIQUE INDEX "review_requests_release_id_answer_id_item_key" ON "review_requests"("release_id", "answer_id", "item");
CREATE INDEX "review_outcomes_mark_id_idx" ON "review_outcomes"("mark_id");

ALTER TABLE "review_requests"
  ADD CONSTRAINT "review_requests_reason_check" CHECK ("reason" <> ''),
  ADD CONSTRAINT "review_requests_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "review_requests_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answers"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "review_requests_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "review_outcomes"
  ADD CONSTRAINT "review_outcomes_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "review_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "review_outcomes_mark_id_fkey" FOREIGN KEY ("mark_id") REFERENCES "marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "review_outcomes_answered_by_id_fkey" FOREIGN KEY ("answered_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['review_requests', 'review_outcomes'] LOOP
    EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
END
$$;
