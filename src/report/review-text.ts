import type { Evidence, Finding, Running, Severity } from '@tensormark/code-review';
import type { Style } from '../terminal/output.js';
import { wrapped } from '../terminal/prose.js';
import { lineOf, placeOf, type Reviewed } from './reviewed.js';

const WIDTH = 110;

/** A review for the terminal: the line, the caret, the shapes, why, and what to do instead. */
export function reviewAsText(reviewed: Reviewed, style: Style): string {
  const { findings } = reviewed;
  const { unknowns } = reviewed.review;
  const parts = findings.map((finding) => findingAsText(reviewed, finding, style));
  const counts = (['error', 'warning', 'design', 'remark'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${nameOf(severity, count)}`];
  });
  const summary = counts.length === 0 ? style.good('Nothing found.') : style.bold(counts.join(', '));
  const notes = [
    ...(unknowns.length === 0
      ? []
      : [
          `${unknowns.length} ${unknowns.length === 1 ? 'thing' : 'things'} could not be known; --json lists them.`,
        ]),
    ranAs(reviewed.running),
    ...reviewed.others.map(({ name, running }) => ranAs(running, `${name}, also in the file,`)),
  ];
  return `${[...parts, `${summary} ${style.dim(notes.join(' '))}`].join('\n\n')}\n`;
}

function ranAs(running: Running | undefined, what = 'Its network'): string {
  switch (running?.kind) {
    case undefined:
      return 'The code was read; nothing was run.';
    case 'not-run':
      return `${what} was not run: ${running.why}${running.line === undefined ? '' : ` (line ${running.line})`}.`;
    case 'fault':
      return `${what} could not be run here, which says nothing of it: ${running.message}.`;
    case 'ran': {
      const { device, milliseconds, scaled } = running.report;
      const shapes = running.inputs.shapes.map((shape) => `[${shape.join(', ')}]`).join(', ');
      const made = scaled
        ? `, made smaller (${scaled.to.batch} rows of ${scaled.to.inputs.map((shape) => `[${shape.join(', ')}]`).join(', ')}): ${scaled.why}`
        : '';
      const by = running.inputs.from === 'given' ? 'as given' : `by the ${running.inputs.from}`;
      return `${what} was run on ${device.device} (${device.backend}) in ${(milliseconds / 1000).toFixed(1)} s, inputs ${shapes} ${by}${made}.${running.notes.map((note) => ` Mind that ${note}.`).join('')}`;
    }
  }
}

function nameOf(severity: Severity, count: number): string {
  if (severity === 'design') return count === 1 ? 'remark on design' : 'remarks on design';
  return count === 1 ? severity : `${severity}s`;
}

function colourOf(severity: Severity, style: Style): (text: string) => string {
  return severity === 'error' ? style.bad : severity === 'warning' ? style.doubtful : style.dim;
}

function findingAsText(reviewed: Reviewed, finding: Finding, style: Style): string {
  const colour = colourOf(finding.severity, style);
  const source = lineOf(reviewed, finding.line).replaceAll('\t', ' ');
  const width = String(finding.line).length;
  const gutter = style.dim(`${' '.repeat(width)} |`);
  const end = finding.endLine === finding.line ? finding.endColumn : source.length + 1;
  const length = Math.max(1, end - finding.column);
  return [
    `${colour(`${finding.severity}[${finding.check}]`)} ${style.bold(finding.message)}`,
    `${' '.repeat(width)}${style.dim('-->')} ${reviewed.file}:${placeOf(reviewed, finding)}`,
    gutter,
    `${style.dim(`${finding.line} |`)} ${source}`,
    `${gutter} ${' '.repeat(finding.column - 1)}${colour('^'.repeat(length))}`,
    ...finding.evidence.flatMap((evidence) => evidenceLines(reviewed, evidence, style)),
    ...said('why', finding.why, style),
    ...said('instead', finding.instead, style),
    ...(finding.fix === undefined ? [] : fixLines(reviewed, finding, style)),
  ].join('\n');
}

function said(what: string, text: string, style: Style): string[] {
  return wrapped(text, WIDTH, '      ').map((line, at) =>
    at === 0 ? `  ${style.dim('=')} ${style.dim(`${what}:`)} ${line.trimStart()}` : line,
  );
}

function evidenceLines(reviewed: Reviewed, evidence: Evidence, style: Style): string[] {
  const line = (text: string): string => `  ${style.dim('=')} ${text}`;
  switch (evidence.kind) {
    case 'shapes':
      return evidence.shapes.map(({ what, shape }) => line(`${what} [${shape.join(', ')}]`));
    case 'numbers':
      return evidence.numbers.map(({ what, value }) => line(`${what}: ${value}`));
    case 'places':
      return evidence.places.map((place) => line(`${placeOf(reviewed, place)}: ${place.what}`));
    case 'error':
      return [line(`${evidence.exact ? 'PyTorch says' : 'it raises'} ${evidence.type}: ${evidence.message}`)];
    case 'curve':
      return [line(`${evidence.what}: ${evidence.values.map((value) => value.toPrecision(3)).join(' ')}`)];
  }
}

function fixLines(reviewed: Reviewed, { fix }: Finding, style: Style): string[] {
  if (fix === undefined) return [];
  const before = lineOf(reviewed, fix.line);
  const after =
    before.slice(0, fix.column - 1) + fix.text + lineOf(reviewed, fix.endLine).slice(fix.endColumn - 1);
  return [
    `  ${style.dim('=')} ${style.dim('fix:')} ${fix.what}`,
    style.bad(`    - ${before.trim()}`),
    ...after.split('\n').map((line) => style.good(`    + ${line.trim()}`)),
  ];
}
