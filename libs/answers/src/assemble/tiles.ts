import type { Furniture } from '../lines/furniture.js';
import type { Line } from '../lines/lines.js';
import type { PartKey } from '../outline.js';
import type { Span, Tile } from '../split.js';
import type { Claim } from './claims.js';
import { isBlank } from './sections.js';

/**
 * Lays claims and page furniture out as tiles, from 0 to the text's length. White space alone is no tile: it goes with
 * the tile before it.
 */
export function layTiles(
  text: string,
  lines: readonly Line[],
  claims: readonly Claim[],
  furniture: Furniture,
  leaves: readonly PartKey[],
): readonly Tile[] {
  const tiles: Tile[] = [];
  const pages = lines.flatMap((line, index): readonly Span[] =>
    furniture.has(index) ? [{ start: line.start, end: line.end }] : [],
  );
  let page = 0;
  const add = (tile: Tile): void => {
    if (tile.end <= tile.start) return;
    const last = tiles.at(-1);
    if (last !== undefined && (isBlank(text, tile) || sameOwner(last, tile)))
      tiles[tiles.length - 1] = { ...last, end: tile.end };
    else tiles.push(tile);
  };
  for (const claim of claims) {
    if (claim.kind === 'answer' && claim.heading !== undefined)
      add(tileOf(claim, claim.heading, leaves, true));
    let from = claim.span.start;
    if (claim.kind !== 'preface' && claim.kind !== 'bare-heading') {
      while ((pages[page]?.end ?? Infinity) <= from) page++;
      for (let next = pages[page]; next !== undefined && next.start < claim.span.end; next = pages[++page]) {
        if (next.start < from) continue;
        add(tileOf(claim, { start: from, end: next.start }, leaves));
        add({ kind: 'unassigned', why: 'page-furniture', ...next });
        from = next.end;
      }
    }
    add(tileOf(claim, { start: from, end: claim.span.end }, leaves));
  }
  return tiles;
}

function tileOf(claim: Claim, span: Span, leaves: readonly PartKey[], heading = false): Tile {
  const { start, end } = span;
  switch (claim.kind) {
    case 'preface':
      return { kind: 'preface', start, end };
    case 'bare-heading':
      return { kind: 'heading', start, end };
    case 'unassigned':
      return { kind: 'unassigned', start, end, why: claim.why };
    case 'answer': {
      const partKey = leaves[claim.leaf] ?? '';
      return heading ? { kind: 'heading', start, end, partKey } : { kind: 'piece', start, end, partKey };
    }
  }
}

/** Neighbouring pieces of one part are one piece; headings stay apart. */
function sameOwner(one: Tile, other: Tile): boolean {
  if (one.kind === 'piece' && other.kind === 'piece') return one.partKey === other.partKey;
  if (one.kind === 'unassigned' && other.kind === 'unassigned')
    return one.why === other.why && one.why !== 'part-not-in-outline';
  return one.kind === 'preface' && other.kind === 'preface';
}
