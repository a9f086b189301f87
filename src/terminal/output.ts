import { WriteStream } from 'node:tty';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  write(text: string): void;
  /** A line about the work rather than its result. */
  say(text: string): void;
  readonly style: Style;
}

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  doubtful(text: string): string;
}

const PLAIN: Style = {
  bold: (text) => text,
  dim: (text) => text,
  good: (text) => text,
  bad: (text) => text,
  doubtful: (text) => text,
};

const wrap = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`;

const COLOURED: Style = {
  bold: wrap(1, 22),
  dim: wrap(2, 22),
  good: wrap(32, 39),
  bad: wrap(31, 39),
  doubtful: wrap(33, 39),
};

/** The process's own streams. Colours only on a terminal, and never where NO_COLOR is set. */
export function processOutput(): Output {
  const coloured =
    process.stdout instanceof WriteStream && process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  return {
    write: (text) => void process.stdout.write(text),
    say: (text) => void process.stderr.write(`${text}\n`),
    style: coloured ? COLOURED : PLAIN,
  };
}
