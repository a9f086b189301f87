-- What markers make of the machine's suggestions for the items of an essay

CREATE TABLE "suggestion_decisions" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "answer_id" UUID NOT NULL,
    "proposed_mark_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "scorer" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "decided_by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suggestion_decisions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "suggestion_decisions_verdict_check"
      CHECK ("verdict" IN ('likely-covered', 'unclear', 'possible-conflict', 'no-evidence-found'))
);

CREATE INDEX "suggestion_decisions_answer_id_item_seq_idx" ON "suggestion_decisions"("answer_id", "item", "seq");
CREATE INDEX "suggestion_decisions_proposed_mark_id_idx" ON "suggestion_decisions"("proposed_mark_id");

ALTER TABLE "suggestion_decisions"
  ADD CONSTRAINT "suggestion_decisions_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answers"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "suggestion_decisions_proposed_mark_id_fkey" FOREIGN KEY ("proposed_mark_id") REFERENCES "proposed_marks"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "suggestion_decisions_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "suggestion_decisions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "suggestion_decisions" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
