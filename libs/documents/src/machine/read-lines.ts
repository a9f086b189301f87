import type { Composer, Draft } from '../compose.js';
import type { Place } from '../document.js';
import type { MachineReading, ReadLine } from '../pdf/page.js';

/** From which picture or page lines were read. */
export interface ReadFrom {
  /** Absent for an uploaded picture. */
  readonly page?: number;
  readonly width: number;
  readonly height: number;
}

/** Adds what a machine read from a picture: every block doubted, with how sure the machine was. */
export function addReadLines(
  out: Composer,
  reading: MachineReading,
  from: ReadFrom,
  first: Draft['before'] = '\n\n',
): void {
  const what = from.page === undefined ? 'The picture' : `Page ${from.page}`;
  const whole: Place = placeOf({ left: 0, top: 0, width: from.width, height: from.height }, from);
  if (reading.kind === 'not-read' || reading.lines.length === 0) {
    const why = reading.kind === 'not-read' ? reading.why : 'no printed text was found in it';
    const says = `${what} could not be read by the machine: ${why}. A person has to read it.`;
    out.add({
      kind: 'picture',
      text: '[picture]',
      origin: { place: whole },
      doubts: [{ why: 'not-read', says }],
      before: first,
    });
    out.note('not-read', says, { place: whole });
    return;
  }
  const groups: ReadLine[][] = [];
  for (const line of reading.lines) {
    const group = groups.at(-1);
    if (group?.[0]?.paragraph === line.paragraph) group.push(line);
    else groups.push([line]);
  }
  groups.forEach((group, index) => {
    const confidence = Math.min(...group.map((line) => line.confidence));
    const says = `${what} was read by a machine, which was ${Math.round(100 * confidence)}% sure of its worst line here. Compare with the original.`;
    const boxes = group.map(({ box }) => box);
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const box = {
      left,
      top,
      width: Math.max(...boxes.map((each) => each.left + each.width)) - left,
      height: Math.max(...boxes.map((each) => each.top + each.height)) - top,
    };
    out.add({
      kind: 'prose',
      text: group.map(({ text }) => text.trim()).join('\n'),
      origin: { place: placeOf(box, from) },
      doubts: [{ why: 'read-by-machine', says }],
      confidence,
      ...(index === 0 ? { before: first } : {}),
    });
    out.note('read-by-machine', says, { place: placeOf(box, from) });
  });
}

function placeOf(box: ReadLine['box'], { page }: ReadFrom): Place {
  return page === undefined ? { kind: 'picture', box } : { kind: 'page', page, box };
}
