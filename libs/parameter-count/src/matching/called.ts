import type { Asked, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { tokensOf } from './words.js';

/** Words that say where something comes from or goes: "input of the dense layer" is not of the dense layer. */
const ON_THE_WAY =
  /\b(?:inputs?|incoming|into|in|before|after|from|to|between|then|enter\w*|feed\w*|eing\p{L}+|vor|nach|aus)\b/iu;

interface Name {
  readonly path: string;
  readonly tokens: readonly string[];
}

const NAMES = new WeakMap<Reference, readonly Name[]>();

/**
 * Whether the words beside a number are those for another module, or for the whole network, and not for what is asked about:
 * `Total parameters`, "the second pooling".
 */
export function speaksOfAnother(reference: Reference, asked: Asked, claim: Claim): boolean {
  const own = reference.nodes.get(asked.nodes[0])?.of ?? '';
  // A network of one layer is called by that layer's names, too.
  if (!reference.names.has(own) || reference.names.size <= 2) return false;
  const wanted = new Set(tokensOf(asked.says));
  for (const { text } of claim.words) {
    if (ON_THE_WAY.test(text)) return false;
    // The examiner's own words for it come before those that layers are called by.
    const tokens = new Set(tokensOf(text));
    const called = calledBy(reference, tokens);
    if (called.length === 0) continue;
    return !called.some((path) => isOneOf(path, own)) && ![...tokens].every((token) => wanted.has(token));
  }
  return false;
}

/** The modules that have the longest name of all that the words hold. */
function calledBy(reference: Reference, words: ReadonlySet<string>): readonly string[] {
  const held = namesOf(reference).filter(({ tokens }) => tokens.every((token) => words.has(token)));
  const longest = Math.max(0, ...held.map(({ tokens }) => tokens.length));
  return held.filter(({ tokens }) => tokens.length === longest).map(({ path }) => path);
}

function namesOf(reference: Reference): readonly Name[] {
  const known = NAMES.get(reference);
  if (known !== undefined) return known;
  const found = [...reference.names].flatMap(([path, names]) =>
    names.flatMap((name): Name[] => {
      const tokens = [...new Set(tokensOf(name))];
      return tokens.length === 0 ? [] : [{ path, tokens }];
    }),
  );
  NAMES.set(reference, found);
  return found;
}

/** Whether one is the other or lies in it; the whole network is only itself. */
function isOneOf(path: string, own: string): boolean {
  return (
    path === own || (path !== '' && own !== '' && (path.startsWith(`${own}.`) || own.startsWith(`${path}.`)))
  );
}
