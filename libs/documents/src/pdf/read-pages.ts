import { Composer, fenced, looksLikePython, quoted, type Draft } from '../compose.js';
import type { Doubt, Origin, ReadDocument } from '../document.js';
import { around, leftOfCode, pageLines, type PageLine } from './lines.js';
import { addReadLines } from '../machine/read-lines.js';
import type { PageItem, PdfPage, Seen } from './page.js';

const HIDDEN: Readonly<Record<Exclude<Seen, 'seen' | 'over-picture' | 'partly'>, string>> = {
  unseen: 'in the colour of its background, transparent, or covered',
  'off-page': 'outside the page',
  tiny: 'too small to read',
};
/** Of its page: a smaller picture is a bullet or an ornament. */
const SMALLEST_PICTURE = 0.004;

/** One text of the pages of a PDF. What a reader of the pages does not see is left out, quoted and doubted. */
export function readPages(pages: readonly PdfPage[], characters: number): ReadDocument {
  const out = new Composer(characters);
  let code: number | null = null;
  for (const page of pages) code = addPage(out, page, code);
  return out.document('pdf');
}

/** Takes and gives where code begins at the left on a page that ends in code, for what goes on over the page. */
function addPage(out: Composer, page: PdfPage, codeAbove: number | null): number | null {
  const first: Draft['before'] = out.isEmpty ? '\n\n' : '\n\f\n';
  const shown = page.items.filter(
    ({ seen }) => seen === 'seen' || seen === 'partly' || seen === 'over-picture',
  );
  const hidden = hiddenOf(page);
  const codeLeft = leftOfCode(shown, codeAbove);
  const blocks = blocksOf(page, shown, codeLeft);
  const drafts: Draft[] = blocks.map((block, index) => ({
    ...block,
    ...(index === 0 ? { before: first } : {}),
  }));
  for (const draft of drafts) {
    const beside = hidden.filter(({ item }) => item.box.top < bottom(draft)).splice(0);
    for (const { doubt } of beside)
      hidden.splice(
        hidden.findIndex((each) => each.doubt === doubt),
        1,
      );
    out.add({ ...draft, doubts: [...(draft.doubts ?? []), ...beside.map(({ doubt }) => doubt)] });
    for (const { doubt, origin } of beside) out.note('hidden-text', doubt.says, origin);
    for (const { why, says } of draft.doubts ?? []) {
      out.note(why === 'hidden-text' ? 'hidden-text' : why, says, draft.origin);
    }
  }
  for (const { doubt, origin } of hidden) {
    out.doubt(doubt);
    out.note('hidden-text', doubt.says, origin);
  }
  if (page.read !== undefined)
    addReadLines(out, page.read, { page: page.number, width: page.width, height: page.height }, first);
  return blocks.at(-1)?.kind === 'code' ? codeLeft : null;
}

function bottom({ origin: { place } }: Draft): number {
  return place.kind === 'page' ? place.box.top + place.box.height : Infinity;
}

function hiddenOf(
  page: PdfPage,
): { readonly item: PageItem; readonly doubt: Doubt; readonly origin: Origin }[] {
  const runs: { items: PageItem[]; seen: keyof typeof HIDDEN }[] = [];
  let last: (typeof runs)[number] | undefined;
  for (const item of page.items) {
    if (item.text.trim() === '') continue;
    if (item.seen === 'seen' || item.seen === 'over-picture' || item.seen === 'partly') last = undefined;
    else if (last?.seen === item.seen) last.items.push(item);
    else runs.push((last = { items: [item], seen: item.seen }));
  }
  return runs.flatMap(({ items, seen }) => {
    const [item] = items;
    if (item === undefined) return [];
    const says = `Page ${page.number} has text that is not seen when the page is drawn, ${HIDDEN[seen]}. It was left out: ${quoted(items.map(({ text }) => text).join(' '))}.`;
    return [{ item, doubt: { why: 'hidden-text', says }, origin: originOf(page, items) }];
  });
}

function originOf({ number }: PdfPage, items: readonly { readonly box: PageItem['box'] }[]): Origin {
  return { place: { kind: 'page', page: number, box: around(items.map(({ box }) => box)) } };
}

function blocksOf(page: PdfPage, shown: readonly PageItem[], codeLeft: number): readonly Draft[] {
  if (shown.every(({ text }) => text.trim() === '')) return pictureDrafts(page);
  const lines = pageLines(page, shown, codeLeft).filter(({ text }) => text.trim() !== '');
  const groups: PageLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && continues(last, line)) group.push(line);
    else groups.push([line]);
  }
  const texts = groups.map((group): Draft => draftOf(page, group, shown));
  return [...texts, ...pictureDrafts(page)].toSorted((one, other) => topOf(one) - topOf(other));
}

function topOf({ origin: { place } }: Draft): number {
  return place.kind === 'page' ? place.box.top : 0;
}

function continues(last: PageLine, line: PageLine): boolean {
  return (
    last.mono === line.mono &&
    Math.abs(last.size - line.size) < 0.12 * Math.max(last.size, line.size) &&
    line.baseline - last.baseline < (line.mono ? 3.2 : 1.75) * Math.max(last.size, line.size)
  );
}

function draftOf(page: PdfPage, group: readonly PageLine[], items: readonly PageItem[]): Draft {
  const code = group.every(({ mono }) => mono);
  const text = code
    ? group.map((line, index) => blankLines(group[index - 1], line) + line.text).join('\n')
    : group.map((line) => line.text).join('\n');
  const doubts: Doubt[] = [];
  if (group.some(({ stacked }) => stacked)) {
    doubts.push({
      why: 'layout',
      says: `Page ${page.number} sets a fraction with one part above the other; as text its parts may stand in the wrong place. Compare with the page.`,
    });
  }
  const box = around(group.map((line) => line.box));
  const inside = items.filter(
    ({ box: each }) => each.top + each.height > box.top && each.top < box.top + box.height,
  );
  if (inside.some(({ seen }) => seen === 'partly')) {
    doubts.push({
      why: 'hidden-text',
      says: `Page ${page.number} has a line of which a part is not seen when the page is drawn: ${quoted(
        inside
          .filter(({ seen }) => seen === 'partly')
          .map((item) => item.text)
          .join(' '),
      )}.`,
    });
  }
  if (inside.some(({ seen, text: said }) => seen === 'over-picture' && said.trim() !== '')) {
    doubts.push({
      why: 'read-by-machine',
      says: `Page ${page.number} is a picture with a layer of text behind it, as a machine read it. Compare with the page.`,
    });
  }
  return {
    kind: code ? 'code' : 'prose',
    text: code ? fenced(text, looksLikePython(text) ? 'python' : '') : text,
    origin: originOf(page, group),
    doubts,
  };
}

function blankLines(last: PageLine | undefined, line: PageLine): string {
  return last !== undefined && line.baseline - last.baseline > 1.9 * line.size ? '\n' : '';
}

function pictureDrafts(page: PdfPage): readonly Draft[] {
  // A page that a machine read is a picture itself.
  if (page.read?.kind === 'lines') return [];
  const covered = page.items.some(({ seen, text }) => seen === 'over-picture' && text.trim() !== '');
  return page.pictures
    .filter((box) => box.width * box.height >= SMALLEST_PICTURE * page.width * page.height)
    .filter((box) => !(covered && box.width * box.height > 0.5 * page.width * page.height))
    .map((box) => ({
      kind: 'picture',
      text: '[picture]',
      origin: originOf(page, [{ box }]),
      doubts: [{ why: 'not-read', says: `Page ${page.number} holds a picture, which was not read.` }],
    }));
}
