-- Whom a marker must not mark

CREATE TABLE "conflicts_of_interest" (
    "id" UUID NOT NULL,
    "marker_id" TEXT NOT NULL,
    "student_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "withdrawn" BOOLEAN NOT NULL,
    "why" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conflicts_of_interest_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "conflicts_of_interest_two_people_check" CHECK ("marker_id" <> "student_id"),
    -- Only what is declared can be withdrawn, and only what is not can be declared.
    CONSTRAINT "conflicts_of_interest_number_check" CHECK ("number" >= 1 AND "withdrawn" = ("number" % 2 = 0))
);

CREATE UNIQUE INDEX "conflicts_of_interest_marker_id_student_id_number_key" ON "conflicts_of_interest"("marker_id", "student_id", "number");

ALTER TABLE "conflicts_of_interest"
  ADD CONSTRAINT "conflicts_of_interest_marker_id_fkey" FOREIGN KEY ("marker_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "conflicts_of_interest_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "conflicts_of_interest_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON "conflicts_of_interest" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "conflicts_of_interest" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
