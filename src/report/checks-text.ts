import type { DescribedCheck } from '@tensormark/code-review';
import type { Style } from '../terminal/output.js';
import { wrapped } from '../terminal/prose.js';

const WIDTH = 100;
const MARK = /\s*# <--$/;

/** The list of checks, each on a line of its own under what it looks at. */
export function listOfChecks(checks: readonly DescribedCheck[], style: Style): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const groups = [...new Set(checks.map(({ group }) => group))].map((group) =>
    [
      style.bold(group),
      ...checks
        .filter((check) => check.group === group)
        .map(
          ({ id, severity, title }) =>
            `  ${id.padEnd(width)}  ${colourOf(severity, style)(severity.padEnd(7))}  ${title}`,
        ),
    ].join('\n'),
  );
  return `${groups.join('\n\n')}\n\n${checks.length} checks. ${style.dim('tensormark checks ID tells more of one.')}\n`;
}

/** One check with its examples; the line that is found has a caret before it, as what is found in a file has below. */
export function checkAsText(check: DescribedCheck, style: Style): string {
  const { id, group, severity, title, why, instead, needs, wrong, right } = check;
  const said = (what: string, text: string): string =>
    wrapped(text, WIDTH, '          ')
      .map((line, at) => (at === 0 ? `${style.dim(what.padEnd(8))}  ${line.trimStart()}` : line))
      .join('\n');
  return `${[
    `${colourOf(severity, style)(`${severity}[${id}]`)} ${style.bold(title)} ${style.dim(`(${group})`)}`,
    [said('why', why), said('instead', instead), said('needs', needs)].join('\n'),
    ...wrong.map((code) => [style.bold('Wrong'), ...wrongLines(code, style)].join('\n')),
    ...right.map((code) =>
      [style.bold('Right'), ...code.split('\n').map((line) => `  ${line}`.trimEnd())].join('\n'),
    ),
  ].join('\n\n')}\n`;
}

function wrongLines(code: string, style: Style): string[] {
  return code
    .split('\n')
    .map((line) =>
      MARK.test(line) ? `${style.bad('>')} ${style.bad(line.replace(MARK, ''))}` : `  ${line}`.trimEnd(),
    );
}

function colourOf(severity: DescribedCheck['severity'], style: Style): (text: string) => string {
  return severity === 'error' ? style.bad : severity === 'warning' ? style.doubtful : style.dim;
}
