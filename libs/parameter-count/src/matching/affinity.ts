import type { Asked, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { numberedParts } from './numbered-parts.js';
import { namesPiece, SUMMING_UP, tokensOf } from './words.js';

/** How strongly the words around a claim speak of one thing that is asked. */
export interface Affinity {
  /** Above 0: they name it; 0: they say nothing; below: they name something else. */
  readonly score: number;
  /** Whether the words that decide are written for this very number. */
  readonly direct: boolean;
}

/** What standing at its place of a list weighs: as much as a word of its label. */
const IN_ITS_PLACE = 4;

const SILENT: Affinity = { score: 0, direct: false };

/** Which words tell the things asked of a question apart; the same for every answer to it. */
interface Vocabulary {
  /** The telling words of each thing asked, by its id. */
  readonly wanted: ReadonlyMap<string, ReadonlySet<string>>;
  readonly all: ReadonlySet<string>;
  /** The ids of those that ask for a piece themselves. */
  readonly pieces: ReadonlySet<string>;
  /** All words of each thing asked, those that all of them share among them. */
  readonly every: ReadonlyMap<string, ReadonlySet<string>>;
}

const VOCABULARIES = new WeakMap<Reference, Vocabulary>();

function vocabularyOf(reference: Reference): Vocabulary {
  const known = VOCABULARIES.get(reference);
  if (known !== undefined) return known;
  const asked = [...reference.asked.values()];
  const every = new Map(asked.map((each) => [each.id, keywordsOf(each, reference)]));
  const wanted = new Map([...every].map(([id, words]) => [id, new Set(words)]));
  const all = new Set([...wanted.values()].flatMap((set) => [...set]));
  if (wanted.size > 1) {
    for (const token of all) {
      if (![...wanted.values()].every((set) => set.has(token))) continue;
      all.delete(token);
      for (const set of wanted.values()) set.delete(token);
    }
  }
  // Whatever has several steps is summed up: it speaks for the whole, and against nothing.
  all.delete(SUMMING_UP);
  const pieces = new Set(asked.filter((each) => namesPiece(each.says)).map(({ id }) => id));
  const vocabulary = { wanted, all, pieces, every };
  VOCABULARIES.set(reference, vocabulary);
  return vocabulary;
}

/** How the claims of one working stand to each thing asked. */
export class Affinities {
  private readonly vocabulary: Vocabulary;
  private readonly known = new Map<Claim, Map<string, Affinity>>();

  private readonly asked: readonly Asked[];

  /** What each item of a numbered list answers. */
  private readonly numbered: ReadonlyMap<number, Asked>;

  private readonly ofBytes: ReadonlySet<string>;

  private readonly best = new Map<string, number>();

  constructor(
    reference: Reference,
    private readonly claims: readonly Claim[],
  ) {
    this.numbered = numberedParts(reference, claims);
    this.vocabulary = vocabularyOf(reference);
    this.asked = [...reference.asked.values()];
    this.ofBytes = new Set(
      this.asked
        .filter(({ nodes: [id] }) => reference.nodes.get(id)?.measure === 'bytes')
        .map(({ id }) => id),
    );
  }

  of({ id }: Pick<Asked, 'id'>, claim: Claim): Affinity {
    let found = this.known.get(claim);
    if (found === undefined) {
      found = new Map();
      this.known.set(claim, found);
    }
    let affinity = found.get(id);
    if (affinity === undefined) {
      affinity = this.measure(id, claim);
      found.set(id, affinity);
    }
    return affinity;
  }

  /**
   * Whether the words speak of this more than of anything else that is asked and that the claim may answer: a number is no
   * shape, and what is `settled` elsewhere needs no other answer.
   */
  prefers(asked: Asked, claim: Claim, settled: (id: string) => boolean = () => false): boolean {
    const { score } = this.of(asked, claim);
    if (score <= 0) return false;
    for (const other of this.asked) {
      if (other.id === asked.id || !mayAnswer(claim, other) || settled(other.id)) continue;
      const theirs = this.of(other, claim).score;
      // A bare number of the model is hardly its bytes, where both are asked for.
      if (theirs === score && this.ofBytes.has(other.id) && !speaksOfBytes(claim)) continue;
      if (theirs > score || (theirs === score && !this.isNamedBetter(other, theirs))) return false;
    }
    return true;
  }

  /** Whether words elsewhere speak more of something: `Expansion: …` needs not be its work where `MACs of the expansion` stands. */
  private isNamedBetter(asked: Asked, score: number): boolean {
    let best = this.best.get(asked.id);
    if (best === undefined) {
      const scores = this.claims.flatMap((claim) => {
        const { score: each, direct } = this.of(asked, claim);
        return direct && claim.role !== 'mention' && mayAnswer(claim, asked) ? each : [];
      });
      best = Math.max(0, ...scores);
      this.best.set(asked.id, best);
    }
    return best > score;
  }

  /** Whether the column that a cell stands in is about what is asked; so is all that stands in none. */
  standsInItsColumn({ id }: Pick<Asked, 'id'>, { cell }: Claim): boolean {
    const header = tokensOf(cell?.header ?? '');
    const wanted = this.vocabulary.every.get(id);
    return header.length === 0 || wanted === undefined || header.some((token) => wanted.has(token));
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

  /** Whether the word right behind a number says that it counts what is asked: "196 patches". */
  countsIt({ id }: Pick<Asked, 'id'>, { after }: Claim): boolean {
    const [first] = tokensOf(after);
    return first !== undefined && this.vocabulary.every.get(id)?.has(first) === true;
  }

  private measure(id: string, claim: Claim): Affinity {
    const { wanted: everyone, all, pieces } = this.vocabulary;
    const wanted = everyone.get(id) ?? new Set<string>();
    let score = 0;
    let weight = 4;
    let direct = false;
    for (const words of claim.words) {
      let hits = 0;
      let misses = 0;
      let named = false;
      for (const token of new Set(tokensOf(words.text))) {
        named ||= token !== SUMMING_UP && wanted.has(token);
        if (wanted.has(token)) hits += 1;
        else if (all.has(token)) misses += 1;
      }
      score += weight * (Math.min(hits, 3) - Math.min(misses, 3));
      if (namesPiece(words.text) && !pieces.has(id)) score -= weight / 2;
      if (hits > 0) {
        direct ||= words.direct && named;
        break;
      }
      weight = Math.max(1, weight / 2);
    }
    const numbered = claim.marker === null ? undefined : this.numbered.get(claim.marker);
    if (numbered !== undefined && !direct) {
      score += numbered.id === id ? IN_ITS_PLACE : 0;
      direct = numbered.id === id;
    }
    return score === 0 && !direct ? SILENT : { score, direct };
  }
}

const OF_BYTES = new Set(tokensOf('memory bytes byte speicher storage ram kB KB MB GB KiB MiB GiB'));

function speaksOfBytes({ unit, words }: Claim): boolean {
  return (
    unit?.counts === 'bytes' ||
    unit?.counts === 'bits' ||
    words.some(({ text }) => tokensOf(text).some((token) => OF_BYTES.has(token)))
  );
}

function mayAnswer({ sizes }: Claim, { form }: Asked): boolean {
  return sizes === null ? form !== 'shape' : form !== 'number';
}

function keywordsOf(asked: Asked, reference: Reference): Set<string> {
  const words = new Set(tokensOf(asked.says));
  const nodes = asked.nodes.flatMap((id) => reference.nodes.get(id) ?? []);
  for (const { names, words: what } of nodes) {
    for (const text of [...names, ...what]) for (const token of tokensOf(text)) words.add(token);
  }
  // What the examiner wrote an expression for is of nothing in the network: its own words alone say what it is.
  if (nodes.some(({ measure }) => measure === 'expression')) return words;
  if (nodes.every(({ of }) => of === '')) words.add('total').add(SUMMING_UP);
  else words.delete('total');
  return words;
}
