import type { Words } from './words.js';

/** Words in a run that are hashed together. */
export const RUN = 6;
/** Of so many neighbouring runs one is kept, so that any RUN + WINDOW - 1 words that two texts share are found. */
const WINDOW = 4;

export interface Fingerprint {
  readonly hash: number;
  /** The word at which the run begins. */
  readonly at: number;
}

/**
 * Winnowing (Schleimer, Wilkerson and Aiken, 2003): the hashes of all runs of words, and of each window of them the least. Runs that
 * are mostly common ground are left out.
 */
export function fingerprintsOf(words: Words): readonly Fingerprint[] {
  const hashes = hashesOf(words);
  const kept: Fingerprint[] = [];
  let last = -1;
  for (let from = 0; from < hashes.length; from++) {
    const to = Math.min(hashes.length, from + WINDOW);
    let least = -1;
    for (let at = from; at < to; at++) {
      const hash = hashes[at];
      if (hash !== undefined && hash !== 0 && (least < 0 || hash <= (hashes[least] ?? 0))) least = at;
    }
    if (least >= 0 && least !== last) {
      kept.push({ hash: hashes[least] ?? 0, at: least });
      last = least;
    }
    if (to === hashes.length) break;
  }
  return kept;
}

/** Of each run of words its hash; 0 where most of it is common ground. */
export function hashesOf({ ids, length, common }: Words): Uint32Array {
  const hashes = new Uint32Array(Math.max(0, length - RUN + 1));
  for (let at = 0; at < hashes.length; at++) {
    let own = 0;
    let hash = 0x811c9dc5;
    for (let step = 0; step < RUN; step++) {
      if (common[at + step] === 0) own += 1;
      hash = Math.imul(hash ^ (ids[at + step] ?? 0), 0x01000193);
      hash ^= hash >>> 15;
    }
    hashes[at] = own >= RUN - 1 ? hash >>> 0 || 1 : 0;
  }
  return hashes;
}
