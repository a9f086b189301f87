-- Faults that were found and errors that give exactly a wrong number, each once, as [kind, words]: so that to count them nobody reads
-- the whole evidence of thousands of answers. Evidence of early versions may hold characters that jsonb has none of: of that, nothing.
CREATE FUNCTION "what_was_found"(evidence json) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN (
    SELECT coalesce(jsonb_agg(DISTINCT one), '[]') FROM (
      SELECT jsonb_build_array('misconception', explained #>> '{}') AS one
      FROM jsonb_path_query(evidence::jsonb, 'strict $.**.explanations[*]', silent => true) AS explained
      UNION ALL
      SELECT jsonb_build_array('finding', checked #>> '{}')
      FROM jsonb_path_query(evidence::jsonb, 'strict $.** ? (@.kind == "finding").check', silent => true) AS checked
    ) AS every
  );
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
  RETURN '[]';
END
$$;

-- Follows the evidence by itself, also where that is erased.
ALTER TABLE "proposed_marks" ADD COLUMN "found" JSONB GENERATED ALWAYS AS ("what_was_found"("evidence")) STORED;
