import type { Measured, Measurements, ProbeId, RanReport } from '@tensormark/execution';
import type { Network, SourcePlace } from '@tensormark/network';
import type { Evidence, Severity } from '../finding.js';
import type { Task } from './task.js';

/** What a judgement knows beside the numbers. */
export interface Known {
  readonly network: Network;
  readonly task: Task;
  readonly report: RanReport;
  /** Weights that the program loads were drawn anew. */
  readonly loads: boolean;
  /** What another probe measured; undefined where it did not. */
  measured<Id extends ProbeId>(probe: Id): Measurements[Id] | undefined;
}

export interface Judged {
  readonly message: string;
  /** Where in the program; the network's class where it is not known. */
  readonly place: SourcePlace | undefined;
  readonly evidence: readonly Evidence[];
}

/** What a probe's numbers say of a program, where they leave no doubt. */
export interface Judgement<Id extends ProbeId = ProbeId> {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly instead: string;
  readonly probe: Id;
  /** Says nothing where weights that the program loads were drawn anew: it is about how they start. */
  readonly ofStart?: boolean;
  judge(measured: Measurements[Id], known: Known): Judged | undefined;
}

/** A judgement among others; each is given what its own probe measured. */
export interface AnyJudgement extends Omit<Judgement, 'judge'> {
  judge(known: Known): Judged | undefined;
}

export function judgement<Id extends ProbeId>(of: Judgement<Id>): AnyJudgement {
  return {
    ...of,
    judge: (known) => {
      if (of.ofStart === true && known.loads) return undefined;
      const measured = known.measured(of.probe);
      return measured && of.judge(measured, known);
    },
  };
}

/** A number as evidence: one that is none is said in words elsewhere. */
export function numbers(
  ...items: readonly (readonly [what: string, value: Measured | undefined])[]
): Evidence {
  return {
    kind: 'numbers',
    numbers: items.flatMap(([what, value]) =>
      typeof value === 'number' ? [{ what, value: Number(value.toPrecision(4)) }] : [],
    ),
  };
}

export function curve(what: string, values: readonly Measured[]): Evidence {
  return { kind: 'curve', what, values: thinned(values.filter((value) => typeof value === 'number')) };
}

const MOST_POINTS = 12;

function thinned(values: readonly number[]): readonly number[] {
  const stride = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  return values.filter((_, at) => at % stride === 0 || at === values.length - 1);
}
