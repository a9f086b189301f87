import type { Finding } from '@tensormark/code-review';
import { cellOf, type Reviewed } from './reviewed.js';

/** A review as one JSON object. `device` is null where nothing was run. */
export function reviewAsJson(reviewed: Reviewed): Record<string, unknown> {
  const { file, review } = reviewed;
  return {
    file,
    findings: review.findings.map((finding) => findingAsJson(reviewed, finding)),
    unknowns: review.unknowns,
    device: null,
  };
}

function findingAsJson(reviewed: Reviewed, finding: Finding): Record<string, unknown> {
  const { check, severity, line, column, endLine, endColumn, message, why, instead, evidence, fix } = finding;
  const cell = cellOf(reviewed, line);
  return {
    check,
    severity,
    line,
    column,
    endLine,
    endColumn,
    ...(cell === undefined ? {} : { cell: cell.cell, lineInCell: cell.line }),
    message,
    why,
    instead,
    evidence,
    fix: fix ?? null,
  };
}
