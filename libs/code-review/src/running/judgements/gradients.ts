import type { Measurements } from '@tensormark/execution';
import { isGraphTensor, type Network, type Result, type Tensor } from '@tensormark/network';
import { judgement, numbers } from '../judgement.js';

type Row = Measurements['gradients']['parameters'][number];

const named = (rows: readonly Row[]): string => {
  const names = rows.slice(0, 3).map(({ parameter }) => parameter);
  return rows.length > names.length
    ? `${names.join(', ')} and ${rows.length - names.length} more`
    : names.join(', ');
};

export const noGradient = judgement({
  id: 'no-gradient',
  title: 'Parameters that no gradient reaches',
  severity: 'warning',
  why: 'They are used in the forward pass and stay as they were initialised, whatever the optimiser does.',
  instead:
    'Keep the way from the loss to them differentiable: no detach, no_grad, argmax, rounding or conversion in between.',
  probe: 'gradients',
  judge({ parameters }, { network }) {
    const unreached = parameters.filter(
      ({ state, trainable, depth }) => state === 'unreached' && trainable && depth !== undefined,
    );
    const used = unreached.length === 0 ? undefined : leadingToOutput(network);
    // The last of equal blocks gives something that only a next one would have used, as WaveNet's does.
    const cut = unreached.filter((row) => used?.(row.parameter) === true || !hasTwin(row, parameters));
    if (cut.length === 0) return undefined;
    return {
      message: `No gradient reaches ${named(cut)}.`,
      place: cut[0]?.place,
      evidence: [
        numbers(
          ['parameters used that no gradient reaches', cut.length],
          ['parameters in all', parameters.length],
        ),
      ],
    };
  },
});

/** Whether what the module of a parameter gives goes into what the network gives. */
function leadingToOutput({ nodes, output }: Network): (parameter: string) => boolean {
  const open = tensorsIn(output).map(({ node }) => node);
  const reached = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes[id];
    for (const { node: from } of node?.kind === 'call' ? node.inputs : []) {
      if (reached.has(from)) continue;
      reached.add(from);
      open.push(from);
    }
  }
  const paths = new Set(
    nodes.flatMap((node) => (node.kind === 'call' && reached.has(node.id) ? [node.modulePath] : [])),
  );
  return (parameter) => paths.has(parameter.slice(0, Math.max(parameter.lastIndexOf('.'), 0)));
}

function tensorsIn(result: Result<Tensor>): readonly Tensor[] {
  if (result === null) return [];
  return isGraphTensor(result) ? [result] : result.flatMap((item) => tensorsIn(item));
}

/** Another layer that the same line makes gets gradients. */
function hasTwin({ place, parameter }: Row, parameters: readonly Row[]): boolean {
  const own = parameter.slice(parameter.lastIndexOf('.'));
  return (
    place !== undefined &&
    parameters.some(
      (other) =>
        other.state === 'flows' &&
        other.parameter.endsWith(own) &&
        other.place?.file === place.file &&
        other.place.line === place.line &&
        other.place.column === place.column,
    )
  );
}

export const deadLayer = judgement({
  id: 'dead-layer',
  title: 'A rectifier that gives zero for everything',
  severity: 'warning',
  why: 'No unit of it ever fires, so no gradient passes it and nothing before it learns.',
  instead: 'Start with smaller biases and weights, or a leaky rectifier, and lower the learning rate.',
  probe: 'dead-units',
  ofStart: true,
  judge({ activations, batches }, known) {
    const dead = activations.find(
      ({ kind, units, dead: off }) => kind === 'zero' && units > 3 && off === units,
    );
    const still = known.measured('gradients')?.parameters.some(({ state }) => state === 'zero');
    if (dead === undefined || still !== true) return undefined;
    return {
      message: `All ${dead.units} units of ${dead.path || dead.operation} give 0 on every input.`,
      place: dead.place,
      evidence: [numbers(['units that never fire', dead.dead], ['batches tried', batches])],
    };
  },
});

/** Over five layers or more, four powers of ten from the last to the first. */
const DECADES = 4;
const LAYERS = 5;

export const vanishing = judgement({
  id: 'vanishing-gradient',
  title: 'Gradients vanish on the way back',
  severity: 'warning',
  why: 'The first layers learn ten thousand times more slowly than the last, which is not at all.',
  instead:
    'Use rectifiers, normalisation or residual connections, and an initialisation that fits the activation.',
  probe: 'gradients',
  ofStart: true,
  judge({ parameters, slope }) {
    const weights = parameters.filter(
      ({ role, state, depth }) => role === 'weight' && state === 'flows' && depth !== undefined,
    );
    const ordered = weights.toSorted((a, b) => (a.depth ?? 0) - (b.depth ?? 0));
    const [first, last] = [ordered[0], ordered.at(-1)];
    if (slope === undefined || slope < DECADES || ordered.length < LAYERS || !first || !last)
      return undefined;
    if (!(Number(first.size) < Number(last.size) * 10 ** -DECADES)) return undefined;
    return {
      message: `The gradient of ${first.parameter} is ${(Number(last.size) / Number(first.size)).toPrecision(2)} times smaller than that of ${last.parameter}.`,
      place: first.place,
      evidence: [
        numbers([`gradient of ${first.parameter}`, first.size], [`gradient of ${last.parameter}`, last.size]),
      ],
    };
  },
});
