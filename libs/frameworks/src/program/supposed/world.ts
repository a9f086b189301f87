import { PyList, PyTuple } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';

/** Numbers that stand for what a network of the program's may be made with and given. */
export interface Plan {
  /** Sizes, in the order in which names ask for them; the last for all that come after. Heads divide them all. */
  readonly sizes: readonly bigint[];
  readonly heads: bigint;
  /** How many layers or blocks there are. */
  readonly depth: bigint;
  readonly flag: boolean;
  readonly batch: number;
  readonly length: number;
  /** Height and width of pictures. */
  readonly side: number;
  readonly patch: bigint;
}

/** Two worlds of which no two sizes are the same, for what hangs on none of them. */
export const APART: readonly Plan[] = [
  {
    sizes: [64n, 96n, 128n, 160n, 192n, 224n, 256n, 288n],
    heads: 4n,
    depth: 2n,
    flag: false,
    batch: 6,
    length: 12,
    side: 32,
    patch: 4n,
  },
  {
    sizes: [96n, 128n, 64n, 192n, 256n, 160n, 320n, 224n],
    heads: 2n,
    depth: 3n,
    flag: true,
    batch: 5,
    length: 20,
    side: 64,
    patch: 8n,
  },
];

/** Two more for networks of which some sizes have to be the same, as where a block adds what it was given. */
export const ALIKE: readonly Plan[] = APART.map((plan, at) => ({ ...plan, sizes: [at === 0 ? 64n : 96n] }));

type Guess = (world: World, name: string) => PyValue;

const size: Guess = (world, name) => world.sizeOf(name);
const number =
  (value: bigint | number): Guess =>
  () =>
    value;

/** What arguments and settings are by what they are called in the field, the first that fits; sizes at the end. */
const NAMED: readonly (readonly [RegExp, Guess])[] = [
  [/^(pretrained|debug|verbose|inplace|causal|training|checkpoint\w*)$/, () => false],
  [
    /^(is|use|with|has|do|add|return|need|learn|no)_|bias$|bidirectional|^bi$|batch_first|residual|affine|norm_first|^(share|tie)/,
    ({ plan }) => plan.flag,
  ],
  [/growth_?rate/, number(32n)],
  [/(expansion|expand)(_?(ratio|factor|size))?$|mlp_ratio|mult(iplier)?$|forward_expansion/, number(4n)],
  [/(reduction|squeeze)(_?ratio)?$|scale_factor|up_?scale/, number(2n)],
  [/drop|^p$|prob(ability)?s?$|alpha|slope|momentum|^eps(ilon)?$|temperature|^tau$|dropout/, number(0.1)],
  [/heads?$/, ({ plan }) => plan.heads],
  [/pad(ding)?_?(idx|index|token|id|tok)/, number(0n)],
  [/(bos|sos|start|cls)_?(idx|index|token|id)/, number(1n)],
  [/(eos|end|sep)_?(idx|index|token|id)/, number(2n)],
  [/unk_?(idx|index|token|id)|mask_?(idx|token|id)/, number(3n)],
  [/^kernel(_?size)?$|^ks?$|_kernel(_?size)?$/, number(3n)],
  [/^stride$|dilation$|^groups$/, number(1n)],
  [/^padding$/, number(1n)],
  [
    /(layers?|blocks?|stages|levels?|repeats?|depth|iters?|iterations)$|^(n|num)_(layers?|blocks?)/,
    ({ plan }) => plan.depth,
  ],
  [/vocab|n_?words|num_?embeddings|n_?tokens?$|_tokens$|n_?(users?|items?)|num_?(users?|items?)/, size],
  [/^(img|image|pic)(_?(size|dim|res\w*|h|w|height|width))?$/, ({ plan }) => BigInt(plan.side)],
  [/^patch(_?(size|dim))?$/, ({ plan }) => plan.patch],
  [
    /(seq(uence)?|sent(ence)?|max|src|tgt|trg|context|block|time|horizon|history|pred)_?(len(gth)?|steps|size)$|^max_?pos\w*|max_position\w*/,
    ({ plan }) => BigInt(plan.length),
  ],
  [/^device$/, () => 'cpu'],
  [
    /dims?$|sizes?$|hidden|^hid|feat|channel|units?|width$|emb|d_?model|^d_(k|v|ff|in|out|inner)$|latent|planes?$|filters?$|^n(z|c|gf|df|f|in|out|hid|inp|embd)$|^in_?(c|ch|chans?|f|n)?$|^out_?(c|ch|chans?|f|n|put)?$|^(in|out)put(s|_nc)?$|class(es)?$|n_?labels|^n_?actions?$|^n_?states?$|actions?$|neurons|^dim/,
    size,
  ],
];

/** What the arguments of networks are in one supposed case: the same name stands for the same size everywhere. */
export class World {
  readonly #sizes = new Map<string, bigint>();

  /** `others` has sizes that differ from the plan's, by name. */
  constructor(
    readonly plan: Plan,
    private readonly others: ReadonlyMap<string, bigint> = new Map(),
  ) {}

  /** The sizes asked for so far, by name. */
  get sizes(): ReadonlyMap<string, bigint> {
    return this.#sizes;
  }

  /** The number or setting that something of this name may be; undefined where the name says nothing. */
  named(name: string): PyValue | undefined {
    const plain = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
    return NAMED.find(([pattern]) => pattern.test(plain))?.[1](this, plain);
  }

  /** The size of that name; `times` the usual one. */
  sizeOf(name: string, times = 1n): bigint {
    const known = this.#sizes.get(name);
    if (known !== undefined) return known;
    const { sizes } = this.plan;
    const usual = sizes[Math.min(this.#sizes.size, sizes.length - 1)] ?? 64n;
    const found = this.others.get(name) ?? (sizes.length === 1 ? usual * times : usual);
    this.#sizes.set(name, found);
    return found;
  }

  /** Several of them, for what is gone over or picked from. */
  several(name: string): PyValue {
    if (/shape|^(img|image)/i.test(name))
      return new PyTuple([3n, BigInt(this.plan.side), BigInt(this.plan.side)]);
    if (/kernel|filter_sizes/i.test(name)) return new PyList([3n, 4n, 5n]);
    if (/layers|blocks|depths|repeats/i.test(name) && !/hidden|dim|size/i.test(name))
      return new PyList([2n, 2n, 2n, 2n]);
    if (/stride|dilation/i.test(name)) return new PyList([1n, 2n, 2n, 2n]);
    // Even where all other sizes are the same: a list of them is one because they differ.
    return new PyList([1n, 2n, 3n].map((times) => this.sizeOf(`${name} ${times}`, times)));
  }
}
