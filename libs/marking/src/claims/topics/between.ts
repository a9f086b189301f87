import type { CodeQuote } from '../claim.js';
import type { CodeFacts } from '../facts.js';
import type { LayerFact, LayerKind } from '../layer-fact.js';
import { scopeOf } from '../scope.js';

/** Two layers with weights of which the second takes what the first gives, and whether an activation stands between. */
interface Pair {
  readonly from: LayerFact;
  readonly to: LayerFact;
  /** Undefined where something stands between that is neither linear nor an activation. */
  readonly activated: boolean | undefined;
}

const PASSING =
  /^(?:flatten|view|reshape|dropout.*|identity|squeeze|unsqueeze|contiguous|permute|transpose|size|.*norm.*|avg_?pool.*|adaptive_?avg_?pool.*)$/i;
const WEIGHTED: ReadonlySet<LayerKind> = new Set(['convolution', 'linear']);

interface Between {
  /** Whether there is an activation in the place that is meant; undefined where that is not sure. */
  readonly is: boolean | undefined;
  readonly says: string;
  readonly code: CodeQuote | undefined;
}

/** What stands between the layers that a clause speaks of; undefined where it speaks of another place. */
export function activationBetween(text: string, facts: CodeFacts): Between | undefined {
  if (!/\b(?:between|after|behind|following|in between|before)\b/i.test(text)) return undefined;
  const unsure = {
    is: undefined,
    says: 'Which layers are meant could not be told for sure.',
    code: undefined,
  };
  if (!facts.isTraced) return unsure;
  if (/\b(?:pool\w*|norm\w*|bn|softmax|output|block|addition|skip|residual)\b/i.test(text)) return unsure;
  let pairs = pairsOf(facts);
  const scope = scopeOf(text, facts, undefined);
  if (scope.kind === 'unknown' && !/\b(?:each|every|consecutive|successive|hidden)\b/i.test(text))
    return unsure;
  if (scope.kind === 'named') {
    const paths = new Set(scope.layers.map(({ path }) => path));
    const isAfter = /\b(?:after|behind|following)\b/i.test(text);
    const isBefore = /\bbefore\b/i.test(text);
    pairs = pairs.filter(({ from, to }) =>
      paths.size > 1 && !isAfter && !isBefore
        ? paths.has(from.path) && paths.has(to.path)
        : isBefore
          ? paths.has(to.path)
          : paths.has(from.path),
    );
  } else {
    const [convolution, linear] = [
      /\bconv/i.test(text),
      /\b(?:linear|dense|fully|fc)\b(?! activation)/i.test(text),
    ];
    if (convolution !== linear) {
      const kind = convolution ? 'convolution' : 'linear';
      pairs = pairs.filter(
        ({ from, to }) => from.kind === kind && (to.kind === kind || !/\bbetween\b/i.test(text)),
      );
    }
  }
  const [first] = pairs;
  if (first === undefined) return unsure;
  const bare = pairs.find(({ activated }) => activated === false);
  if (pairs.every(({ activated }) => activated === true)) {
    return {
      is: true,
      says: 'An activation stands between the layers that are meant.',
      code: first.to.quote,
    };
  }
  if (bare !== undefined && pairs.every(({ activated }) => activated === false)) {
    return {
      is: false,
      says: `${nameOf(bare.from)} feeds ${nameOf(bare.to)} with no activation between.`,
      code: bare.to.quote,
    };
  }
  return {
    is: undefined,
    says: 'Some of the layers have an activation between them and some have not.',
    code: bare?.to.quote,
  };
}

function nameOf({ path, operation }: LayerFact): string {
  return path === '' ? operation : path;
}

/** Every pair of neighbours among the layers with weights. */
export function pairsOf({ layers }: CodeFacts): Pair[] {
  const byNode = new Map(layers.map((layer) => [layer.node, layer]));
  return layers
    .filter(({ kind }) => WEIGHTED.has(kind))
    .flatMap((to): Pair[] => {
      let activated: boolean | undefined = false;
      let at = to.inputs.length === 1 ? to.inputs[0] : undefined;
      for (let steps = 0; at !== undefined && steps < 64; steps += 1) {
        const layer = byNode.get(at);
        if (layer === undefined) return [];
        if (WEIGHTED.has(layer.kind)) return [{ from: layer, to, activated }];
        if (layer.kind === 'activation') activated = true;
        else if (!PASSING.test(layer.operation) && activated === false) activated = undefined;
        at = layer.inputs.length === 1 ? layer.inputs[0] : undefined;
      }
      return [];
    });
}
