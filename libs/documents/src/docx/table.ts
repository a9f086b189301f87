import { Refusal } from '../document.js';
import type { XmlElement } from '../xml/read-xml.js';
import { child, elements, value } from '../xml/walk.js';

const MOST_SPAN = 60;
/** Empty ones included. */
const MOST_CELLS = 200_000;

/** The rows of a table as a Markdown table; the first stands as its head. */
export function tableText(
  rows: readonly XmlElement[],
  say: (paragraph: XmlElement, shade: XmlElement | undefined) => string,
): string {
  const cells = rows.map((row) =>
    elements(row)
      .filter(({ name }) => name === 'tc')
      .flatMap((cell) => {
        const span = Math.min(MOST_SPAN, Math.max(1, Number(value(cell, 'tcPr', 'gridSpan') ?? 1)));
        const shade = child(cell, 'tcPr', 'shd');
        const text = paragraphsOf(cell)
          .map((paragraph) => say(paragraph, shade))
          .filter((said) => said !== '');
        return [inCell(text.join('\n')), ...Array.from({ length: span - 1 }, () => '')];
      }),
  );
  let width = 0;
  for (const row of cells) width = Math.max(width, row.length);
  if (width * cells.length > MOST_CELLS) {
    throw new Refusal(
      'too-large',
      `A table of the document has ${cells.length} rows and ${width} columns, more than are read. Leave out data, and upload only your answers.`,
    );
  }
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n');
}

/** Those of tables within the cell too. */
function paragraphsOf(cell: XmlElement): readonly XmlElement[] {
  return elements(cell).flatMap((each) =>
    each.name === 'p' ? [each] : each.name.endsWith('Pr') ? [] : paragraphsOf(each),
  );
}

function inCell(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('<br>')
    .replaceAll('|', '\\|');
}
