import type { ModelReading } from '@tensormark/frameworks';
import { countParameters, tensorsOf } from '@tensormark/network';
import type { Evidence } from '../../proposal.js';
import { spanOfLine } from './source.js';

const MOST = 20;

/** What reading the code brought to light: errors on their lines, what could not be followed, and the network's facts. `isElsewhere`: the lines are not those of the answer's text. */
export function findingsOf(reading: ModelReading, text: string, isElsewhere = false): Evidence[] {
  const at = (line: number) => {
    // What is wrong with a class as a whole, such as a forward it lacks, stands on no line.
    if (line < 1) return {};
    const span = isElsewhere ? undefined : spanOfLine(text, line);
    return { place: { line }, ...(span === undefined ? {} : { span }) };
  };
  const { syntaxErrors, errors } = oneOnEachLine(reading);
  const evidence: Evidence[] = [
    ...syntaxErrors.map(({ type, span, message }): Evidence => ({
      kind: 'finding',
      check: 'syntax',
      severity: 'error',
      says: `${type}: ${message}`,
      ...at(span.line),
    })),
    ...errors.map(({ type, message, place, unsure }): Evidence =>
      unsure === true
        ? { kind: 'caution', says: `${placed(place.line)} perhaps raises ${type}: ${message}` }
        : {
            kind: 'finding',
            check: 'raises',
            severity: 'error',
            says: `${type}: ${message}`,
            ...at(place.line),
          },
    ),
    ...reading.unknowns
      .filter(({ bears }) => bears === 'network')
      .map(({ line, what }): Evidence => ({
        kind: 'caution',
        says: `${placed(line)} could not be followed: ${what}`,
      })),
  ];
  return [...evidence.slice(0, MOST), ...factsOf(reading)];
}

const placed = (line: number) => (line < 1 ? 'The code' : `Line ${line}`);

/** Where Python cannot read a line, what else would be wrong with it follows from that: it is told of once. */
function oneOnEachLine({
  syntaxErrors,
  errors,
}: ModelReading): Pick<ModelReading, 'syntaxErrors' | 'errors'> {
  const unread = new Set<number>();
  const first = syntaxErrors.filter(({ span: { line } }) => {
    const isFirst = !unread.has(line);
    unread.add(line);
    return isFirst;
  });
  return { syntaxErrors: first, errors: errors.filter(({ place }) => !unread.has(place.line)) };
}

/** The network in a sentence or two: what was read, how large it is, what comes out. */
export function factsOf({ network, chosen }: ModelReading): Evidence[] {
  if (network === undefined) return [];
  const { parameters: total, trainable } = countParameters(network);
  const outputs = tensorsOf(network.output).map(({ shape }) => `[N, ${shape.slice(1).join(', ')}]`);
  const name = chosen === undefined || chosen.kind === 'call' ? 'The network' : chosen.name;
  const frozen = total === trainable ? '' : `, ${trainable.toLocaleString('en-GB')} of them trainable`;
  const facts = [`${name} has ${total.toLocaleString('en-GB')} parameters${frozen}.`];
  if (outputs.length > 0) facts.push(`Its output is ${outputs.join(' and ')}.`);
  return facts.map((says) => ({ kind: 'fact', says }));
}
