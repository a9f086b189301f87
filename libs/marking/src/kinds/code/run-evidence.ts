import type { Evidence } from '../../proposal.js';
import type { NetworkRun, Ran } from './network-run.js';

type Execution = Extract<Evidence, { kind: 'execution' }>;

/** A run as evidence: on what, from which seed, with its numbers; and what they come to, unless that is told beside it. */
export function runEvidence(run: Ran, told: 'told-beside' | 'tells'): Execution {
  const { backend, device, seed, versions, training, gradients, notes } = run;
  const losses = finite(training?.losses ?? []);
  const flow = gradients.flatMap(({ layer, size }) => (typeof size === 'number' ? [{ layer, size }] : []));
  return {
    kind: 'execution',
    backend,
    device,
    seed,
    versions: { ...versions },
    ...(losses.length > 1 && { losses }),
    ...(flow.length > 1 && { gradients: flow }),
    ...(notes.length > 0 && { notes: [...notes] }),
    says: [`The network was run on ${rows(run)}.`, ...(told === 'tells' ? [trainingInWords(run)] : [])].join(
      ' ',
    ),
  };
}

/** Why there are no numbers, for parts that a run was wanted for. */
export function notRunEvidence(run: NetworkRun | undefined): Evidence {
  return run?.kind === 'not-run'
    ? { kind: 'caution', says: `The network was not run: ${run.why} That by itself costs nothing.` }
    : { kind: 'caution', says: 'The network was not run, so nothing is known of how it trains.' };
}

/** What training on one batch came to, in a sentence or two. */
export function trainingInWords({ training }: Ran): string {
  if (training === undefined)
    return 'It was not trained: the answer computes no loss, and none was known to fit.';
  const { loss, assumed, own, optimiser, rate, losses, ended } = training;
  const steps = losses.length - 1;
  const by = `${steps} ${steps === 1 ? 'step' : 'steps'} of ${optimiser}${rate === undefined ? '' : ` (learning rate ${rate})`}`;
  const went = `On one batch ${loss} went from ${shown(losses[0])} to ${shown(losses.at(-1))} in ${by}: ${ENDS[ended]}.`;
  if (assumed) return `${went} The answer computes no loss; this one was taken.`;
  return own ? went : `${went} It is not all as the answer trains it.`;
}

const ENDS: Readonly<Record<NonNullable<Ran['training']>['ended'], string>> = {
  fitted: 'the batch is learnt by heart',
  steps: 'it is not learnt by heart in these steps',
  'not-finite': 'the loss is no longer a finite number',
  time: 'the time ran out before it was learnt by heart',
};

function rows({ batch, inputs }: Ran): string {
  const shapes = inputs.map((shape) => `[${shape.join(', ')}]`).join(' and ');
  return `${batch} ${batch === 1 ? 'row' : 'rows'} of ${shapes}`;
}

function shown(value: number | string | undefined): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : (value ?? 'unknown');
}

/** Up to the first that is none. */
function finite(values: NonNullable<Ran['training']>['losses']): number[] {
  const end = values.findIndex((value) => typeof value !== 'number');
  return values.slice(0, end < 0 ? undefined : end).filter((value) => typeof value === 'number');
}
