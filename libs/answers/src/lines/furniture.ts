import type { Line } from './lines.js';

/** Which lines are page numbers or running headers and footers: part of the page, not of an answer. */
export interface Furniture {
  has(line: number): boolean;
}

const PAGE_WORDS = '(?:page|pg|p|seite|página|pagina|pág|pag|стр|страница|第|صفحة)';
const OUT_OF = '(?:of|/|von|de|di|out of|sur|из)';
const PAGE_LINE = new RegExp(
  `^[\\s\\-–—*_|()<>/a-z]{0,6}?${PAGE_WORDS}\\.?\\s{0,3}\\d{1,4}(?:\\s{0,3}${OUT_OF}\\s{0,3}\\d{1,4})?\\s{0,3}(?:页|頁)?[\\s\\-–—*_|().]{0,6}$`,
  'iu',
);
const PAGE_OF_IN_LINE = new RegExp(
  `(?:^|[\\s|,\\-–—])(?:page|seite|página|pagina)\\s{1,3}\\d{1,4}\\s{1,3}${OUT_OF}\\s{1,3}\\d{1,4}`,
  'iu',
);
/** `3`, `- 3 -`, `3/7`: not `3.` or `3)`, which could head a question. */
const EDGE_NUMBER =
  /^(?:[-–—*_|~]{1,3}\s{0,3})?\d{1,4}(?:\s{0,3}(?:\/|of|von|de)\s{0,3}\d{1,4})?(?:\s{0,3}[-–—*_|~]{1,3})?$/i;
/** Where code begins or ends: it stands at the foot of many pages, and belongs to the answer each time. */
const FENCE = /^(?:`{3,}|~{3,})/;
const LONGEST = 120;
/** Nonblank lines at the head and foot of a page that a running header or footer may take. */
const EDGE = 2;

/** Finds page furniture; `isHeading` keeps a heading repeated at each page's head from being taken for it. */
export function findFurniture(
  text: string,
  lines: readonly Line[],
  isHeading: (line: number) => boolean,
): Furniture {
  const found = new Set<number>();
  const contentOf = (index: number): string => {
    const line = lines[index];
    return line === undefined || line.textEnd - line.start > LONGEST
      ? ''
      : text.slice(line.start, line.textEnd).trim();
  };
  lines.forEach((line, index) => {
    if (line.blank || line.textEnd - line.start > LONGEST) return;
    const content = contentOf(index);
    if (!/\d/.test(content)) return;
    if (PAGE_LINE.test(content) || isShortPageLine(content)) found.add(index);
  });
  const edges = pageEdges(lines);
  const seen = new Map<string, number[]>();
  for (const { index, side, outermost } of edges) {
    const content = contentOf(index);
    if (content === '' || FENCE.test(content)) continue;
    if (outermost && EDGE_NUMBER.test(content)) found.add(index);
    const key = `${side} ${content.replace(/\d+/g, '#')}`;
    const places = seen.get(key);
    if (places === undefined) seen.set(key, [index]);
    else places.push(index);
  }
  for (const repeated of seen.values()) {
    if (repeated.length < 2) continue;
    for (const index of repeated) if (!isHeading(index)) found.add(index);
  }
  return { has: (line) => found.has(line) };
}

function isShortPageLine(content: string): boolean {
  const place = PAGE_OF_IN_LINE.exec(content);
  if (place === null) return false;
  const rest = `${content.slice(0, place.index)} ${content.slice(place.index + place[0].length)}`;
  return rest.trim().split(/\s+/).length <= 6 && !/[.!?,;]\s*$/.test(content);
}

interface Edge {
  readonly index: number;
  readonly side: 'head' | 'foot';
  readonly outermost: boolean;
}

/** The first and last nonblank lines of every page, where form feeds say what a page is. */
function pageEdges(lines: readonly Line[]): readonly Edge[] {
  const breaks: number[] = [];
  lines.forEach((line, index) => {
    if (line.opensPage) breaks.push(index);
  });
  if (breaks.length === 0) return [];
  const edges: Edge[] = [];
  [0, ...breaks].forEach((first, page, firsts) => {
    const end = firsts[page + 1] ?? lines.length;
    nonblank(lines, first, end, 1).forEach((index, order) => {
      edges.push({ index, side: 'head', outermost: order === 0 && page > 0 });
    });
    nonblank(lines, end - 1, first - 1, -1).forEach((index, order) => {
      edges.push({ index, side: 'foot', outermost: order === 0 && end < lines.length });
    });
  });
  return edges;
}

function nonblank(lines: readonly Line[], from: number, to: number, step: 1 | -1): readonly number[] {
  const found: number[] = [];
  for (let index = from; index !== to && found.length < EDGE; index += step) {
    if (lines[index]?.blank === false) found.push(index);
  }
  return found;
}
