import { countParameters, moduleTotals, tensorsOf, type Network } from '@tensormark/network';
import type { Style } from '../terminal/output.js';
import { printable } from '../terminal/prose.js';
import { formatTable, withSeparators, type Column } from '../terminal/table.js';
import { countRows, type CountRow } from './count-rows.js';
import { moduleOf, type Counted, type NotKnown, type Remark } from './counted.js';

const PARAMETERS: readonly Column[] = [
  { title: 'layer' },
  { title: 'output' },
  { title: 'parameters', align: 'right' },
  { title: 'share', align: 'right' },
];
const WORK: readonly Column[] = [
  { title: 'multiply-adds', align: 'right' },
  { title: 'share', align: 'right' },
];
/** Lines of things not known that are shown; more would bury the table. */
const MOST_SHOWN = 20;

/** A count as a table for the terminal, in the manner of a summary: every module, what comes out, what it holds. */
export function countAsText(counted: Counted, depth: number | undefined, style: Style): string {
  const { network, errors, candidates } = counted;
  const lines: string[] = [];
  if (network === undefined) {
    lines.push(style.bad(`No network was read: ${counted.unread ?? 'there is none'}.`));
    if (offersAnother(counted)) lines.push(`Models here: ${candidates.map(candidateAsText).join(', ')}.`);
  } else lines.push(...networkAsText(network, counted, depth, style));
  const remarks = [
    ...errors.map((error) => style.bad(remarkAsText(error))),
    ...unknownsAsText(counted.unknowns, style),
    ...counted.advice.map(printable),
  ];
  if (network !== undefined && remarks.length > 0) lines.push('');
  lines.push(...remarks);
  return `${lines.join('\n')}\n`;
}

function networkAsText(
  network: Network,
  { heading, followed, gaps, returned, inputs, inputsFrom }: Counted,
  depth: number | undefined,
  style: Style,
): string[] {
  const held = countParameters(network);
  const work = followed === 'without-input' ? undefined : (moduleTotals(network).get('')?.work ?? 0n);
  const rows = countRows(network, returned)
    .filter((row) => depth === undefined || row.depth <= depth)
    .map((row) => [
      ...cellsOf(row, held.parameters, style),
      ...(work === undefined
        ? []
        : row.kind === 'parameter'
          ? ['–', '']
          : [withSeparators(row.multiplyAccumulates), share(row.multiplyAccumulates, work)]),
    ]);
  const columns = work === undefined ? PARAMETERS : [...PARAMETERS, ...WORK];
  return [
    ...(heading === undefined ? [] : [style.bold(heading)]),
    ...(rows.length === 0 ? [] : [formatTable(columns, rows), '']),
    `parameters     ${atLeast(gaps.parameters)}${withSeparators(held.parameters)}`,
    `trainable      ${atLeast(gaps.parameters)}${withSeparators(held.trainable)}`,
    `buffers        ${atLeast(gaps.buffers)}${withSeparators(held.buffers)}`,
    ...(work === undefined
      ? []
      : [`multiply-adds  ${atLeast(followed !== 'to-its-output')}${withSeparators(work)}`]),
    ...(inputs.length === 0
      ? []
      : [
          `input          ${shapes(inputs)}${inputsFrom === 'the file' ? style.dim('  as the file has it') : ''}`,
        ]),
    ...outputAsText(network, followed, style),
  ];
}

function outputAsText(network: Network, followed: Counted['followed'], style: Style): string[] {
  switch (followed) {
    case 'to-its-output':
      return [`output         ${shapes(tensorsOf(network.output).map(({ shape }) => shape))}`];
    case 'without-input':
      return [style.dim('No forward pass was followed; give the shape of the input with --input.')];
    case 'to-an-error':
      return [style.bad('The forward pass ends in an error; work after it is not counted.')];
    case 'to-an-unknown':
      return [
        '',
        style.doubtful(
          'The forward pass comes to something that is not known; work after it is not counted.',
        ),
      ];
  }
}

function cellsOf(row: CountRow, whole: bigint, style: Style): string[] {
  const indent = '  '.repeat(row.depth - 1);
  switch (row.kind) {
    case 'module':
      return [
        `${indent}${row.name === '' ? '' : `${lastName(row.name)} `}${style.dim(row.type)}`,
        row.output === undefined || row.output.length === 0 ? '–' : shapes(row.output),
        withSeparators(row.parameters),
        share(row.parameters, whole),
      ];
    case 'parameter':
      return [
        `${indent}${lastName(row.name)} ${style.dim('Parameter')}`,
        shapes([row.shape]),
        withSeparators(row.parameters),
        share(row.parameters, whole),
      ];
    case 'operation': {
      const times = row.calls === 1 ? '' : ` × ${row.calls}`;
      const place = row.line === undefined ? '' : ` line ${row.line}`;
      return [`${indent}${style.dim(`${row.name}${times}${place}`)}`, shapes(row.output), '–', ''];
    }
  }
}

function unknownsAsText(unknowns: readonly NotKnown[], style: Style): string[] {
  const bearing = withoutParts(unknowns.filter(({ bears }) => bears === 'network'));
  const rest = unknowns.filter(({ bears }) => bears === 'surroundings').length;
  const shown = bearing.slice(0, MOST_SHOWN);
  const more = bearing.length - shown.length;
  return [
    ...(bearing.length === 0 ? [] : [style.doubtful('Not known, and the counts may rest on it:')]),
    ...shown.map((unknown) => style.doubtful(`  ${remarkAsText(unknown)}`)),
    ...(more === 0 ? [] : [style.doubtful(`  and ${more} more; --json has all`)]),
    ...(rest === 0
      ? []
      : [
          style.dim(
            `${rest === 1 ? 'One thing' : `${rest} things`} that the network does not rest on ${rest === 1 ? 'is' : 'are'} not known either; --json has ${rest === 1 ? 'it' : 'them'}.`,
          ),
        ]),
  ];
}

/** What comes from a module that is not known is not known either; the module says it for all. */
function withoutParts(unknowns: readonly NotKnown[]): NotKnown[] {
  const modules = unknowns.flatMap(({ says }) => moduleOf(says) ?? []);
  return unknowns.filter(
    ({ says }) => moduleOf(says) !== undefined || !modules.some((module) => says.startsWith(`${module}.`)),
  );
}

function remarkAsText({ line, file, says }: Remark): string {
  const place = [...(file === undefined ? [] : [file]), ...(line === undefined ? [] : [`line ${line}`])];
  return printable(`${place.join(', ')}${place.length === 0 ? '' : ': '}${says}`);
}

/** Whether the models there are say more than the reason does. */
function offersAnother({ candidates, name }: Counted): boolean {
  const [first, second] = candidates;
  return second !== undefined || (first !== undefined && name !== undefined && first.name !== name);
}

function candidateAsText({ name, line }: Counted['candidates'][number]): string {
  return `${name} (line ${line})`;
}

/** Part of it is not known: what was counted is not all there is. */
function atLeast(hasGap: boolean): string {
  return hasGap ? 'at least ' : '';
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function shapes(all: readonly (readonly number[])[]): string {
  return all.map((shape) => `[${shape.join(', ')}]`).join(', ');
}

function share(part: bigint, whole: bigint): string {
  if (whole === 0n) return '';
  const tenths = (part * 1000n + whole / 2n) / whole;
  return `${tenths / 10n}.${tenths % 10n}%`;
}
