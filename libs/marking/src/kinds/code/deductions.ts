import { CHECKS, judged, mergedFindings, type Finding } from '@tensormark/code-review';
import { z } from 'zod';
import { MarksField } from '../../exam/fields.js';
import { KNOWN_CHECKS } from '../../lint/checks.js';
import { clampMarks, NO_MARKS, type Marks } from '../../marks.js';
import type { Instruments } from '../kind.js';
import type { NetworkRun } from './network-run.js';

/** The line of a scheme that deductions are listed under. */
export const DEDUCTIONS = 'findings';

/** How much code review's findings cost: by check, else by severity; what is not listed costs nothing. */
export const FindingsScheme = z.strictObject({
  deduct: z
    .partialRecord(z.enum(['error', 'warning', 'design', 'remark']), MarksField)
    .describe('Marks for each finding of a severity, such as { error: 1, warning: 0.5 }')
    .default({}),
  checks: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{1,40}$/)
        .meta({ examples: [...KNOWN_CHECKS] }),
      MarksField,
    )
    .describe(
      'Marks for findings of one check, in place of its severity: { zero-grad: 2, bias-before-bn: 0 }',
    )
    .default({}),
  cap: MarksField.optional().describe('The most that all findings together cost'),
  run: z
    .boolean()
    .default(false)
    .describe('Also run the network, forward and backward, and find fault by what is measured'),
  floor: MarksField.optional().describe('What findings never bring the part below'),
});
export type FindingsScheme = z.infer<typeof FindingsScheme>;

export interface Deductions {
  readonly total: Marks;
  readonly each: readonly { readonly finding: Finding; readonly marks: Marks }[];
}

/** What code review finds in a submission by reading it, and by what was measured where it was run; each fault once. */
export function review(
  source: string,
  { programs }: Instruments,
  run: NetworkRun | undefined,
): readonly Finding[] {
  const { findings: read } = judged(programs.read(source, { filename: 'answer.py' }), CHECKS);
  if (run?.kind !== 'ran') return read;
  return mergedFindings(read, {
    kind: 'ran',
    findings: run.findings.map((finding) => ({ ...finding, evidence: [] })),
  });
}

/**
 * What findings cost of the marks earned: a check that is found on several lines costs once, all of them together at most
 * the cap, and nothing below the floor.
 */
export function deductionsOf(
  { deduct, checks, cap, floor = NO_MARKS }: FindingsScheme,
  findings: readonly Finding[],
  earned: Marks,
): Deductions {
  const seen = new Set<string>();
  const each = findings.flatMap((finding) => {
    const marks = checks[finding.check] ?? deduct[finding.severity] ?? NO_MARKS;
    if (marks === NO_MARKS || seen.has(finding.check)) return [];
    seen.add(finding.check);
    return [{ finding, marks }];
  });
  let total = NO_MARKS;
  for (const { marks } of each) total += marks;
  const most = earned > floor ? earned - floor : NO_MARKS;
  return { total: clampMarks(total, NO_MARKS, cap === undefined || cap > most ? most : cap), each };
}
