import type { Finding, Running } from '@tensormark/code-review';
import { cellOf, type Reviewed } from './reviewed.js';

/** A review as one JSON object. `device` is null where nothing was run; `execution` says then why. `others` are further networks of the file. */
export function reviewAsJson(reviewed: Reviewed): Record<string, unknown> {
  const { file, review, running, others, findings } = reviewed;
  return {
    file,
    findings: findings.map((finding) => findingAsJson(reviewed, finding)),
    unknowns: review.unknowns,
    device: running?.kind === 'ran' ? running.report.device : null,
    execution: running === undefined ? null : executionAsJson(running),
    others: others.map(({ name, running: other }) => ({ name, execution: executionAsJson(other) })),
  };
}

function executionAsJson(running: Running): Record<string, unknown> {
  if (running.kind !== 'ran') return { ...running };
  const { report, inputs, notes } = running;
  const { seed, batch, milliseconds, scaled, estimate, passedOver, remarks, probes } = report;
  return {
    kind: 'ran',
    inputs,
    seed,
    batch,
    milliseconds,
    scaled: scaled ?? null,
    estimate,
    passedOver,
    remarks: [...notes, ...remarks],
    probes,
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
