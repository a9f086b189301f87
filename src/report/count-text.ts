import { countCosts, countParameters, tensorsOf, type Network } from '@tensormark/network';
import type { Style } from '../terminal/output.js';
import { formatTable, withSeparators, type Column } from '../terminal/table.js';
import { countRows, formatBatched } from './count-rows.js';
import type { Counted } from './counted.js';

const COLUMNS: readonly Column[] = [
  { title: 'layer' },
  { title: 'output' },
  { title: 'parameters', align: 'right' },
  { title: 'multiply-adds', align: 'right' },
  { title: 'share', align: 'right' },
];

/** A count as a table for the terminal, in the manner of a summary: every module, what comes out, what it holds. */
export function countAsText(counted: Counted, depth: number | undefined, style: Style): string {
  const { network, errors, unknowns, candidates } = counted;
  const lines: string[] = [];
  if (network === undefined) {
    lines.push(style.bad(counted.unread ?? 'No network could be read.'));
    if (candidates.length > 0) {
      lines.push(
        `The models found: ${candidates.map((each) => `${each.name} (line ${each.line})`).join(', ')}.`,
      );
    }
  } else {
    lines.push(...networkAsText(network, counted, depth, style));
  }
  for (const { line, says, file } of errors) {
    lines.push(style.bad(`${file === undefined ? '' : `${file}, `}line ${line}: ${says}`));
  }
  for (const { line, what } of unknowns) lines.push(style.doubtful(`line ${line}: not known: ${what}`));
  return `${lines.join('\n')}\n`;
}

function networkAsText(
  network: Network,
  { traced, gaps, name }: Counted,
  depth: number | undefined,
  style: Style,
): string[] {
  const totals = countParameters(network);
  const rows = countRows(network)
    .filter((row) => depth === undefined || row.depth <= depth)
    .map((row) => [
      `${'  '.repeat(row.depth - 1)}${lastName(row.name)} ${style.dim(row.type)}`,
      row.output === undefined ? '–' : row.output.map(formatBatched).join(', '),
      withSeparators(row.parameters),
      withSeparators(row.multiplyAccumulates),
      share(row.parameters, totals.parameters),
    ]);
  const outputs = tensorsOf(network.output).map(({ shape }) => formatBatched(shape));
  return [
    ...(name === undefined ? [] : [style.bold(name)]),
    formatTable(COLUMNS, rows),
    '',
    `parameters     ${atLeast(gaps?.parameters)}${withSeparators(totals.parameters)}`,
    `trainable      ${atLeast(gaps?.parameters)}${withSeparators(totals.trainable)}`,
    `buffers        ${atLeast(gaps?.buffers)}${withSeparators(totals.buffers)}`,
    ...(traced
      ? [
          `multiply-adds  ${atLeast(gaps?.forward)}${withSeparators(countCosts(network))}`,
          `output         ${outputs.join(', ')}`,
        ]
      : [style.dim('No forward pass was followed; give the shape of the input with --input.')]),
  ];
}

/** A part of the network is unknown: what was counted is not all there is. */
function atLeast(hasGap: boolean | undefined): string {
  return hasGap === true ? 'at least ' : '';
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function share(part: bigint, whole: bigint): string {
  if (whole === 0n) return '';
  const tenths = (part * 1000n + whole / 2n) / whole;
  return `${tenths / 10n}.${tenths % 10n}%`;
}
