import type { Running } from '@tensormark/code-review';
import type { Measured, Measurements, ProbeId } from '@tensormark/execution';
import { z } from 'zod';

const Measure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
const Shape = z.array(z.int().nonnegative());

/**
 * What came of running the network of an answer, as marking reads it and the records keep it. Nothing in it tells when it
 * was run or how long it took. Only `ran` says anything of the work.
 */
export const NetworkRun = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ran'),
    backend: z.string(),
    device: z.string(),
    seed: z.int(),
    versions: z.record(z.string(), z.string()),
    /** Rows, and the shapes of the inputs without them. */
    batch: z.int(),
    inputs: z.array(Shape),
    /** One batch learnt by heart: the loss before each step and after the last. */
    training: z
      .object({
        loss: z.string(),
        /** The answer computes no loss: this one was taken. */
        assumed: z.boolean(),
        /** By the answer's own loss, optimiser and rate, and nothing else that it does on the way. */
        own: z.boolean(),
        optimiser: z.string(),
        rate: z.number().optional(),
        losses: z.array(Measure),
        ended: z.enum(['steps', 'fitted', 'not-finite', 'time']),
        /** The loss at which the batch counts as learnt. */
        target: z.number(),
      })
      .optional(),
    /** Root mean square of the gradient of each layer's weights, from the first layer to the last. */
    gradients: z.array(z.object({ layer: z.string(), size: Measure })),
    findings: z.array(
      z.object({
        check: z.string(),
        severity: z.enum(['error', 'warning', 'design', 'remark']),
        line: z.int().positive(),
        column: z.int().positive(),
        endLine: z.int().positive(),
        endColumn: z.int().positive(),
        message: z.string(),
        why: z.string(),
        instead: z.string(),
      }),
    ),
    /** What a reader must know of how it was run: what was made smaller, what was not known. */
    notes: z.array(z.string()),
  }),
  z.object({ kind: z.literal('not-run'), why: z.string() }),
]);
export type NetworkRun = z.infer<typeof NetworkRun>;
export type Ran = Extract<NetworkRun, { kind: 'ran' }>;

/** What is kept of a run; undefined where the infrastructure failed, which says nothing of the work. */
export function networkRunOf(running: Running): NetworkRun | undefined {
  switch (running.kind) {
    case 'fault':
      return undefined;
    case 'not-run': {
      const at = running.line === undefined ? '' : ` (line ${running.line})`;
      return { kind: 'not-run', why: `${running.why}${at}.` };
    }
    case 'ran':
      return ranOf(running);
  }
}

function ranOf({ report, inputs, training, findings, notes }: Extract<Running, { kind: 'ran' }>): Ran {
  const { device, seed, scaled, remarks } = report;
  const measured = <Id extends ProbeId>(probe: Id): Measurements[Id] | undefined => {
    const outcome = report.probes.find((each) => each.probe === probe);
    return outcome?.kind === 'measured' ? (outcome.measured as Measurements[Id]) : undefined;
  };
  const overfit = measured('overfit');
  const rate = overfit?.optimiser.arguments['lr'];
  return {
    kind: 'ran',
    backend: device.backend,
    device: device.device,
    seed,
    versions: { ...device.versions },
    batch: report.batch,
    inputs: (scaled?.to.inputs ?? inputs.shapes).map((shape) => [...shape]),
    ...(training &&
      overfit && {
        training: {
          ...training,
          optimiser: overfit.optimiser.type,
          ...(typeof rate === 'number' && { rate }),
          losses: overfit.losses.map(rounded),
          ended: overfit.ended,
          target: overfit.target,
        },
      }),
    gradients: gradientsOf(measured('gradients')),
    findings: findings.map(
      ({ check, severity, line, column, endLine, endColumn, message, why, instead }) => ({
        check,
        severity,
        line,
        column,
        endLine,
        endColumn,
        message,
        why,
        instead,
      }),
    ),
    notes: [
      ...(scaled ? [`It was made smaller to be run: ${scaled.why}.`] : []),
      ...notes.map(asSentence),
      ...remarks.map(asSentence),
    ],
  };
}

/** Of the layers' weights alone: gradients of biases are of another size. */
function gradientsOf(measured: Measurements['gradients'] | undefined): Ran['gradients'] {
  return (measured?.parameters ?? [])
    .filter(({ role, depth, trainable }) => role === 'weight' && depth !== undefined && trainable)
    .toSorted((a, b) => (a.depth ?? 0) - (b.depth ?? 0))
    .map(({ parameter, size }) => ({ layer: parameter.replace(/\.weight$/, ''), size: rounded(size) }));
}

const DIGITS = 4;

function rounded(value: Measured): Measured {
  return typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value;
}

function asSentence(remark: string): string {
  return `${remark.charAt(0).toUpperCase()}${remark.slice(1)}.`;
}
