import type { Asked, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { namesPiece, tokensOf } from './words.js';

/** How strongly the words around a claim speak of one thing that is asked. */
export interface Affinity {
  /** Above 0: they name it; 0: they say nothing; below: they name something else. */
  readonly score: number;
  /** Whether the words that decide are written for this very number. */
  readonly direct: boolean;
}

const SILENT: Affinity = { score: 0, direct: false };

/** Which words tell the things asked of a question apart, and how claims stand to each. */
export class Affinities {
  private readonly wanted: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly pieces: ReadonlySet<string>;
  private readonly known = new Map<Claim, Map<string, Affinity>>();

  constructor(reference: Reference) {
    const asked = [...reference.asked.values()];
    const sets = new Map(asked.map((each) => [each.id, keywordsOf(each, reference)]));
    if (sets.size > 1) {
      for (const token of new Set([...sets.values()].flatMap((set) => [...set]))) {
        if ([...sets.values()].every((set) => set.has(token)))
          for (const set of sets.values()) set.delete(token);
      }
    }
    this.wanted = sets;
    this.pieces = new Set(asked.filter((each) => namesPiece(each.says)).map(({ id }) => id));
  }

  of(asked: Asked, claim: Claim): Affinity {
    let found = this.known.get(claim);
    if (found === undefined) {
      found = new Map();
      this.known.set(claim, found);
    }
    let affinity = found.get(asked.id);
    if (affinity === undefined) {
      affinity = this.measure(asked, claim);
      found.set(asked.id, affinity);
    }
    return affinity;
  }

  /** Whether the words speak of this more than of anything else that is asked. */
  prefers(asked: Asked, claim: Claim): boolean {
    const { score } = this.of(asked, claim);
    return (
      score > 0 && ![...this.wanted.keys()].some((id) => id !== asked.id && this.scoreOf(id, claim) >= score)
    );
  }

  /** Another thing asked that the words written for this number name, and this one less or not at all. */
  isPlainlyAnothers(asked: Asked, claim: Claim, all: Iterable<Asked>): Asked | undefined {
    const own = this.of(asked, claim);
    for (const other of all) {
      const affinity = other.id === asked.id ? SILENT : this.of(other, claim);
      if (affinity.direct && affinity.score > Math.max(own.score, 0)) return other;
    }
    return undefined;
  }

  private scoreOf(id: string, claim: Claim): number {
    return this.known.get(claim)?.get(id)?.score ?? this.measureTokens(id, claim).score;
  }

  private measure(asked: Asked, claim: Claim): Affinity {
    return this.measureTokens(asked.id, claim);
  }

  private measureTokens(id: string, claim: Claim): Affinity {
    const wanted = this.wanted.get(id) ?? new Set<string>();
    let score = 0;
    let weight = 4;
    let direct = false;
    for (const words of claim.words) {
      const tokens = new Set(tokensOf(words.text));
      let hits = 0;
      let misses = 0;
      for (const token of tokens) {
        if (wanted.has(token)) hits += 1;
        else if ([...this.wanted].some(([other, set]) => other !== id && set.has(token))) misses += 1;
      }
      score += weight * (Math.min(hits, 3) - Math.min(misses, 3));
      if (namesPiece(words.text) && !this.pieces.has(id)) score -= weight / 2;
      if (hits > 0) {
        direct ||= words.direct;
        break;
      }
      weight = Math.max(1, weight / 2);
    }
    return score === 0 && !direct ? SILENT : { score, direct };
  }
}

function keywordsOf(asked: Asked, reference: Reference): Set<string> {
  const words = new Set(tokensOf(asked.says));
  const nodes = asked.nodes.flatMap((id) => reference.nodes.get(id) ?? []);
  for (const { names, words: what } of nodes) {
    for (const text of [...names, ...what]) for (const token of tokensOf(text)) words.add(token);
  }
  if (nodes.every(({ of }) => of === '')) words.add('total');
  else words.delete('total');
  return words;
}
