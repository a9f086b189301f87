import {
  DTYPES,
  literal,
  product,
  quantity,
  sum,
  tensorsOf,
  type DType,
  type Formula,
} from '@tensormark/network';
import { draft, valueOf, written, type Draft } from '../draft.js';
import type { Site } from '../layout/sites.js';
import type { What } from '../what.js';
import type { Counting } from './count.js';
import { isZero } from './layers/layer-count.js';
import { membersOf } from './members.js';
import { memoryOfParameters } from './parameter-memory.js';
import { elements } from './sizes.js';

/** Bytes of outputs, call by call, and of parameters. */
export function countMemory(counting: Counting, of: string, what: What): Draft | undefined {
  if (what === 'activation-memory') return ofActivations(counting, of);
  return what === 'parameter-memory' ? memoryOfParameters(counting, of) : undefined;
}

/** What works on its input's own memory: nothing new is kept. */
const IN_PLACE =
  /^(?:\w*ReLU6?|ELU|SELU|CELU|GELU|SiLU|Mish|Sigmoid|Tanh|Hard\w+|Softplus|Softsign|Softshrink|Threshold|\w*Dropout\d?d?|Identity|Flatten|Unflatten|relu|relu_|gelu|silu|sigmoid|tanh|elu|leaky_relu|dropout|flatten|unflatten|view|reshape|squeeze|unsqueeze|permute|transpose|t|getitem)$/;

function ofActivations(counting: Counting, of: string): Draft | undefined {
  const site = counting.layout.sites.byName.get(of);
  if (site !== undefined) return ofCall(counting, site);
  if (!counting.network.modules.has(of)) return undefined;
  const inPlace = counting.convention.activations === 'without-in-place';
  const parts = membersOf(counting, of).flatMap((member) => {
    const called = counting.layout.sites.byName.get(member);
    if (inPlace && called !== undefined && IN_PLACE.test(called.node.operation)) return [];
    return counting.draft(member, 'activation-memory') ?? [];
  });
  const terms = parts.filter(({ formula }) => !isZero(formula)).map((each) => valueOf(each, 'elements'));
  return draft(of, 'activation-memory', sum(...terms));
}

function ofCall(counting: Counting, { of, node }: Site): Draft {
  const [first, ...others] = tensorsOf(node.result);
  const bytes = (dtype: DType): Formula => quantity('element_size', DTYPES[dtype].bytes);
  if (first === undefined) return draft(of, 'activation-memory', literal(0));
  const units = counting.draft(of, 'units');
  const main = product(units === undefined ? elements(counting, first) : written(units), bytes(first.dtype));
  const rest = others.map((tensor) => product(elements(counting, tensor), bytes(tensor.dtype)));
  return draft(of, 'activation-memory', sum(main, ...rest));
}
