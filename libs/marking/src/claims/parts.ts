import type { Clause } from './clauses.js';
import type { CodeFacts, Part } from './facts.js';
import type { LayerFact } from './layer-fact.js';
import { parametersBelow } from './parameters.js';
import { isChain } from './untraced.js';

/** What containers are called that answers speak of as a part of their network. */
const CONTAINER =
  /^(?:encoder|decoder|features?|feature_extractor|classifier|backbone|head|stem|bottleneck|trunk|body)$/i;

/** A part called `features`; most that is said of features is of numbers. */
const FEATURES: readonly RegExp[] = [
  /\bself\.features\b|\bfeatures? (?:part|module|block|extractor|stack|container)\b/i,
];

/** Words of a class's name that tell it from no other. */
const COMMON = /^(?:net|network|model|module|block|layer|simple|my|the|conv|deep)$/i;

/** A clause that goes on about what its sentence spoke of before. */
const GOES_ON =
  /^\W*(?:(?:but|and|which|while|although|because|since|so|therefore|however|then|also)\s+)*(?:its?|has|have|uses?|is|does|lacks?|no|not|without|contains?|consists|ends|outputs?|takes|applies)\b/i;

/**
 * How answers call what code calls so: `PatchDiscriminator` is a discriminator, while `G` is meant by its capital alone.
 */
export function namesFor(written: readonly string[]): RegExp[] {
  return written.flatMap((name) => {
    if (name.length <= 2) return [new RegExp(String.raw`(?<![\w'])${name}(?![\w'])`)];
    const words = name
      .split(/_|(?<=[a-z\d])(?=[A-Z])/)
      .filter((word) => word.length > 3 && !COMMON.test(word));
    const said = COMMON.test(name) ? [] : [name, ...words.slice(-1)];
    return said.map((word) => new RegExp(String.raw`\b${word}(?:'s|s)?\b`, 'i'));
  });
}

/** The containers of a network that have a telling name, each with what is below it. */
export function partsWithin(facts: CodeFacts): Part[] {
  const { network } = facts;
  if (network === undefined) return [];
  const paths = [...network.modules.keys()].filter((path) => CONTAINER.test(path));
  return paths.flatMap((path): Part[] => {
    const isBelow = ({ within }: LayerFact): boolean => within === path || within.startsWith(`${path}.`);
    const layers = facts.layers.filter(isBelow);
    if (layers.length < 2) return [];
    return [
      {
        names: /^features?$/i.test(path) ? FEATURES : namesFor([path]),
        facts: {
          ...facts,
          layers,
          isTraced: facts.isTraced || (facts.isWhole && isChain(path, network)),
          parameters: facts.parameters && parametersBelow(network, path),
          output: undefined,
          residual: undefined,
          parts: [],
        },
      },
    ];
  });
}

/** What is known of several networks together: what none of them has, the code has not. */
export function together(facts: CodeFacts, parts: readonly Part[]): CodeFacts {
  let from = 0;
  const layers = parts.flatMap(({ facts: { layers: own } }) => {
    const moved = own.map((layer) => ({
      ...layer,
      node: layer.node + from,
      inputs: layer.inputs.map((input) => input + from),
    }));
    from = Math.max(from, ...moved.map(({ node }) => node)) + 1;
    return moved;
  });
  return {
    ...facts,
    layers,
    declared: new Set(parts.flatMap(({ facts: { declared } }) => [...declared])),
    network: undefined,
    isWhole: parts.every(({ facts: { isWhole } }) => isWhole),
    isTraced: false,
    parameters: undefined,
    output: undefined,
    residual: parts.find(({ facts: { residual } }) => residual !== undefined)?.facts.residual,
    parts,
  };
}

/** A clause with the facts that it is held against. */
export interface Meant {
  readonly clause: Clause;
  readonly facts: CodeFacts;
}

/** Words that say of several parts that each of them is so. */
const OF_EACH = /\b(?:each|both)\b/i;
const DIFFER = /\b(?:one|same|share\w*|common|together|other|own|separate|different)\b/i;

/**
 * What a clause speaks of: the one part that it names, with the words for it blanked, or all of the code. A clause that says
 * something of each of several is held against one after the other; of any other that names several nothing is known of
 * layers.
 */
export function meantBy(clause: Clause, facts: CodeFacts): readonly Meant[] {
  if (facts.parts.length === 0) return [{ clause, facts }];
  const before = clause.sentence.slice(0, Math.max(0, clause.sentence.indexOf(clause.text)));
  const named = namedIn(clause.text, facts.parts);
  const isOfAll = named.length === 0 && /\bboth (?:networks|models|parts|of them)\b/i.test(clause.text);
  const meant = isOfAll
    ? facts.parts
    : named.length === 0 && GOES_ON.test(clause.text)
      ? namedIn(before, facts.parts)
      : named;
  const [part, ...others] = meant;
  if (part === undefined) return [{ clause, facts }];
  if (others.length === 0) return [{ clause: without(clause, [part]), facts: part.facts }];
  if (OF_EACH.test(clause.text) && !DIFFER.test(clause.text)) {
    const left = without(clause, meant);
    return meant.map(({ facts: own }) => ({ clause: left, facts: own }));
  }
  const unknown = { ...facts, layers: [], network: undefined, isWhole: false, parameters: undefined };
  return [{ clause, facts: unknown }];
}

/** A clause with the words for parts blanked. */
function without(clause: Clause, parts: readonly Part[]): Clause {
  const text = parts
    .flatMap(({ names }) => names)
    .reduce(
      (left, name) =>
        left.replace(
          new RegExp(
            String.raw`(?:\b(?:in|of|for|inside|by) )?(?:\b(?:the|its|this) )?${name.source}`,
            name.flags,
          ),
          (found) => ' '.repeat(found.length),
        ),
      clause.text,
    );
  return { ...clause, text };
}

function namedIn(text: string, parts: readonly Part[]): Part[] {
  return parts.filter(({ names }) => names.some((name) => name.test(text)));
}
