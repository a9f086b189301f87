import { argument, isValue } from '@tensormark/frameworks';
import type { Called, Program, ProgramModule } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

/** Each layer may multiply what it is given by this at most; He's start has √2. */
const MOST_GAIN = 6;

interface Drawn {
  readonly event: Called;
  /** The deviation of the weights. */
  readonly deviation: number;
}

export const initScale: Check = {
  id: 'init-scale',
  title: 'Weights that start far too large',
  severity: 'warning',
  why: 'A layer multiplies the size of what it is given by about σ·√(inputs); several such layers make outputs, losses and gradients thousands of times too large.',
  instead:
    'Draw weights by their number of inputs: nn.init.kaiming_normal_ or xavier_uniform_, or leave PyTorch’s own start.',
  needs:
    'Two or more linear layers or convolutions of a network without normalisation whose weights are all drawn from a wide distribution.',
  wrong: [
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10))
for layer in net:
    if isinstance(layer, nn.Linear):
        nn.init.normal_(layer.weight, mean=0.0, std=1.0)  # <--
`,
    `
import torch.nn as nn

def init_weights(m):
    if type(m) == nn.Linear:
        m.weight.data.uniform_(-1, 1)  # <--

net = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10))
net.apply(init_weights)
`,
  ],
  right: [
    `
import torch.nn as nn
net = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10))
for layer in net:
    if isinstance(layer, nn.Linear):
        nn.init.normal_(layer.weight, mean=0.0, std=0.02)
small = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
for layer in small:
    if isinstance(layer, nn.Linear):
        nn.init.normal_(layer.weight)
normed = nn.Sequential(nn.Linear(784, 512), nn.BatchNorm1d(512), nn.ReLU(), nn.Linear(512, 10))
nn.init.normal_(normed[0].weight)
nn.init.normal_(normed[3].weight)
`,
  ],
  *run(program) {
    const drawn = drawnIn(program);
    if (drawn.size === 0) return;
    const seen = new Set<number>();
    for (const network of program.modules) {
      if (network.parents.length > 0) continue;
      const layers = network.modules.map(({ module }) => module);
      if (layers.some(({ type }) => /Norm/.test(type))) continue;
      const weighted = layers.filter(({ layer }) => /^(Linear|Conv[123]d)$/.test(layer?.type ?? ''));
      const wide = weighted.flatMap((layer) => {
        const one = wideIn(layer, drawn);
        return one === undefined ? [] : [one];
      });
      const [first] = wide;
      const at = first?.drawn.event.moment.span;
      if (wide.length < 2 || first === undefined || at === undefined || seen.has(at.start)) continue;
      if (at.source.file !== program.file) continue;
      seen.add(at.start);
      yield {
        at,
        message: `Weights of ${first.inputs} inputs are drawn with deviation ${round(first.drawn.deviation)}: each such layer multiplies the size of what it is given by about ${Math.round(first.gain)}.`,
        evidence: [
          {
            kind: 'numbers',
            numbers: [
              { what: 'deviation', value: first.drawn.deviation },
              { what: 'inputs of each unit', value: first.inputs },
            ],
          },
          places(['the layer', first.layer.span]),
        ],
      };
    }
  },
};

function round(number: number): string {
  return String(Number(number.toPrecision(2)));
}

function wideIn(layer: ProgramModule, drawn: ReadonlyMap<number, Drawn>) {
  const weight = layer.ownParameters.find(({ path }) => path === 'weight');
  const one = weight && drawn.get(weight.id);
  if (weight === undefined || one === undefined) return undefined;
  const inputs = weight.shape.slice(1).reduce((product, size) => product * size, 1);
  const gain = one.deviation * Math.sqrt(inputs);
  return gain >= MOST_GAIN ? { layer, inputs, gain, drawn: one } : undefined;
}

const OTHER =
  /^(zeros_|ones_|constant_|fill_|zero_|xavier_\w+|kaiming_\w+|orthogonal_|sparse_|copy_|eye_|dirac_|mul_|div_|clamp_)$/;

/** How the parameters of a program were drawn last, by identity, where that is from a distribution it names. */
function drawnIn(program: Program): Map<number, Drawn> {
  const found = new Map<number, Drawn>();
  for (const event of eventsOf(program, 'call')) {
    const { name, args, moment } = event;
    const [first] = args.positional;
    if (!isValue(first) || moment.span === undefined) continue;
    const isDrawn = /^(normal_|uniform_|trunc_normal_)$/.test(name);
    if (!isDrawn && !OTHER.test(name)) continue;
    const deviation = isDrawn && moment.arm === undefined ? deviationOf(event) : undefined;
    for (const { made } of [first, ...first.inputs]) {
      if (made.kind !== 'parameter') continue;
      if (deviation === undefined) found.delete(made.id);
      else found.set(made.id, { event, deviation });
    }
  }
  return found;
}

function deviationOf({ name, args }: Called): number | undefined {
  const at = (key: string, position: number, usual: number): number | undefined => {
    const given = argument(args, key, position);
    return given === undefined
      ? usual
      : typeof given === 'number'
        ? given
        : typeof given === 'bigint'
          ? Number(given)
          : undefined;
  };
  if (name !== 'uniform_') return at('std', 2, 1);
  const low = at('a', 1, 0) ?? at('from', 1, 0);
  const high = at('b', 2, 1) ?? at('to', 2, 1);
  // Of numbers that are not about 0 the mean adds up too.
  return low === undefined || high === undefined
    ? undefined
    : Math.sqrt((low * low + low * high + high * high) / 3);
}
