-- A platform that was told a grade which is out no longer is told that there is none
ALTER TABLE "passed_grades" ALTER COLUMN "score" DROP NOT NULL;
