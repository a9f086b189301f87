import type { Measurements, ProbeId, RanReport } from '@tensormark/execution';
import type { Finding } from '../finding.js';
import type { Known } from './judgement.js';
import { JUDGEMENTS } from './judgements/table.js';
import type { RunPlan } from './plan-run.js';

/** What the numbers of a run say, as findings; nothing where they leave doubt. */
export function judgedRun(
  report: RanReport,
  {
    network,
    task,
    loads,
    line: named,
  }: Pick<Extract<RunPlan, { readonly kind: 'planned' }>, 'network' | 'task' | 'loads' | 'line'>,
  file: string,
): Finding[] {
  const known: Known = {
    network,
    task,
    loads,
    report,
    measured: (probe) => measuredBy(report, probe),
  };
  return JUDGEMENTS.flatMap(({ id, severity, why, instead, judge }) => {
    const judged = judge(known);
    if (judged === undefined) return [];
    const own = judged.place?.file === file ? judged.place : undefined;
    const { line, column = 1 } = own ?? { line: named };
    const { message, evidence } = judged;
    return [
      {
        check: id,
        severity,
        line,
        column,
        endLine: line,
        endColumn: column + 1,
        message,
        why,
        instead,
        evidence,
      },
    ];
  });
}

function measuredBy<Id extends ProbeId>(report: RanReport, probe: Id): Measurements[Id] | undefined {
  const outcome = report.probes.find((each) => each.probe === probe);
  return outcome?.kind === 'measured' ? (outcome.measured as Measurements[Id]) : undefined;
}
