import type { Span } from '@tensormark/python';
import type { Program, ProgramModule } from '@tensormark/frameworks';
import type { Fix } from '../finding.js';

/**
 * Another number for one argument of the line that makes a layer: only where that argument is written there as a plain
 * number, and the line makes this layer alone.
 */
export function otherNumber(
  program: Program,
  layer: ProgramModule,
  { name, position, from, to }: { name: string; position: number; from: number; to: number },
): Fix | undefined {
  const { span } = layer;
  if (span === undefined || span.source.file !== program.file || isSharedLine(program, layer, span))
    return undefined;
  const { text } = span;
  const named = new RegExp(String.raw`\b${name}\s*=\s*(${from})(?=\s*[,)])`).exec(text);
  const placed = new RegExp(String.raw`\(\s*(?:[\w.]+\s*,\s*){${position}}(${from})(?=\s*[,)])`).exec(text);
  const found = named ?? placed;
  if (found === null) return undefined;
  const start = span.start + found.index + found[0].lastIndexOf(String(from));
  const place = span.source.place(start, start + String(from).length);
  return {
    what: `${name} ${from} becomes ${to}`,
    line: place.line,
    column: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
    text: String(to),
  };
}

function isSharedLine(program: Program, layer: ProgramModule, span: Span): boolean {
  return program.modules.some((other) => {
    if (other === layer || other.span === undefined) return false;
    if (other.span.start !== span.start) return false;
    return JSON.stringify(other.layer?.config) !== JSON.stringify(layer.layer?.config);
  });
}
