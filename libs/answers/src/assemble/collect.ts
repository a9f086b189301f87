import type { PartKey } from '../outline.js';
import type { RestatedQuestions } from '../content/restated.js';
import type { Answer, BlankPart, Note, Reason, Span, Tile, UnassignedPiece } from '../split.js';
import type { Claim } from './claims.js';
import { AT_MOST, confidenceLevel } from './confidence.js';
import type { Section } from './sections.js';

/** Gathers the pieces of each part, in the order of the outline. */
export function collectAnswers(
  text: string,
  tiles: readonly Tile[],
  claims: readonly Claim[],
  sections: readonly Section[],
  leaves: readonly PartKey[],
  restated: RestatedQuestions,
): readonly Answer[] {
  const pieces = spansBy(tiles, 'piece');
  const headings = spansBy(tiles, 'heading');
  const duplicated = new Set(repeatedSections(sections).map(({ leaf }) => leaf));
  return leaves.flatMap((partKey, leaf): readonly Answer[] => {
    const own = pieces.get(partKey) ?? [];
    if (own.length === 0) return [];
    const stated = claims.flatMap((claim) => (claim.kind === 'answer' && claim.leaf === leaf ? [claim] : []));
    const least = stated.reduce((lowest, { confidence }) => Math.min(lowest, confidence), 1);
    const confidence =
      Math.floor(1000 * (duplicated.has(leaf) ? Math.min(least, AT_MOST.duplicate) : least)) / 1000;
    return [
      {
        partKey,
        pieces: own,
        headings: headings.get(partKey) ?? [],
        restated: own.flatMap((piece) => restated.within(text, piece, leaf)),
        confidence,
        level: confidenceLevel(confidence),
        reasons: distinct(stated.flatMap(({ reasons }) => reasons)),
      },
    ];
  });
}

/** Parts that have a heading and nothing below any of theirs. */
export function collectBlank(tiles: readonly Tile[], leaves: readonly PartKey[]): readonly BlankPart[] {
  const pieces = spansBy(tiles, 'piece');
  const headings = spansBy(tiles, 'heading');
  return leaves.flatMap((partKey): readonly BlankPart[] => {
    const [heading] = headings.get(partKey) ?? [];
    return heading === undefined || pieces.has(partKey) ? [] : [{ partKey, heading }];
  });
}

export function collectUnassigned(
  tiles: readonly Tile[],
  claims: readonly Claim[],
  leaves: readonly PartKey[],
): readonly UnassignedPiece[] {
  const answered = spansBy(tiles, 'piece');
  const loose = claims.flatMap((claim) => (claim.kind === 'unassigned' ? [claim] : []));
  let from = 0;
  return tiles.flatMap((tile): readonly UnassignedPiece[] => {
    if (tile.kind !== 'unassigned') return [];
    const span = { start: tile.start, end: tile.end };
    while ((loose[from]?.span.end ?? Infinity) <= tile.start) from++;
    const claim = loose[from];
    if (tile.why === 'page-furniture' || claim === undefined) {
      const says = 'A page number or running header: part of the page, not of an answer.';
      return [{ span, why: tile.why, says, mayAnswer: [] }];
    }
    const open = claim.leaves.flatMap((leaf) => leaves[leaf] ?? []).filter((key) => !answered.has(key));
    return [{ span, why: tile.why, says: claim.says, mayAnswer: open }];
  });
}

/** Notes on headings that repeat, continue or come out of the order of the paper. */
export function notesOnOrder(sections: readonly Section[], leaves: readonly PartKey[]): readonly Note[] {
  const repeated = new Map(repeatedSections(sections).map(({ section, leaf }) => [section, leaf]));
  const seen = new Set<number>();
  let furthest = -1;
  return sections.flatMap((section): readonly Note[] => {
    const { node, heading } = section;
    if (node.kind !== 'leaf') return [];
    const key = leaves[node.leaf] ?? '';
    const again = seen.has(node.leaf);
    const backwards = node.leaf < furthest && !again;
    seen.add(node.leaf);
    furthest = Math.max(furthest, node.leaf);
    if (repeated.has(section)) {
      return [
        {
          kind: 'duplicate-heading',
          span: heading,
          says: `${key} has another heading before this one; the text under both is kept, in the order of the document.`,
        },
      ];
    }
    if (again)
      return [
        {
          kind: 'continued',
          span: heading,
          says: `This goes on with ${key}; it was joined to what stands above.`,
        },
      ];
    if (backwards)
      return [
        {
          kind: 'out-of-order',
          span: heading,
          says: `${key} comes after later parts of the paper; it was taken all the same.`,
        },
      ];
    return [];
  });
}

/** Sections whose part had a heading before, and which do not say that they continue it. */
function repeatedSections(
  sections: readonly Section[],
): readonly { readonly section: Section; readonly leaf: number }[] {
  const seen = new Set<number>();
  return sections.flatMap((section) => {
    const { node } = section;
    if (node.kind !== 'leaf') return [];
    const again = seen.has(node.leaf);
    seen.add(node.leaf);
    return again && !section.continued ? [{ section, leaf: node.leaf }] : [];
  });
}

function spansBy(tiles: readonly Tile[], kind: 'piece' | 'heading'): ReadonlyMap<PartKey, readonly Span[]> {
  const found = new Map<PartKey, Span[]>();
  for (const tile of tiles) {
    if (tile.kind !== kind || tile.partKey === undefined) continue;
    const span = { start: tile.start, end: tile.end };
    const known = found.get(tile.partKey);
    if (known === undefined) found.set(tile.partKey, [span]);
    else known.push(span);
  }
  return found;
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Set<string>();
  return reasons.filter(({ span, says }) => {
    const key = `${span.start} ${says}`;
    const known = seen.has(key);
    seen.add(key);
    return !known;
  });
}
