import { moduleTotals, readLayers } from '@tensormark/network';
import { isMap, isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { Refused } from '../command.js';
import type { Counted } from './counted.js';

const MOST_ALIASES = 100;

/** Reads a network from a YAML file; what is wrong with it is refused at its line. */
export function readNetworkFile(yaml: string, file: string): Counted {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new Refused(`${file}:${line}:${col}: ${broken.message}`);
  }
  let description: unknown;
  try {
    description = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw new Refused(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const reading = readLayers(description);
  if (reading.kind === 'refused') {
    const { line, col } = lines.linePos(offsetOf(document, reading.path));
    throw new Refused(`${file}:${Math.max(1, line)}:${Math.max(1, col)}: ${reading.message}`);
  }
  return {
    name: undefined,
    heading: undefined,
    network: reading.network,
    followed: 'to-its-output',
    gaps: { parameters: false, buffers: false },
    inputs: reading.network.inputs.map(({ shape }) => shape),
    inputsFrom: 'the file',
    returned: new Map(
      [...moduleTotals(reading.network)].map(([path, { outputs = [] }]) => [
        path,
        outputs.map(({ shape }) => shape),
      ]),
    ),
    errors: [],
    unknowns: [],
    candidates: [],
    advice: [],
  };
}

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      node = pair?.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
    } else {
      break;
    }
    if (isNode(node)) offset = node.range?.[0] ?? offset;
  }
  return offset;
}
