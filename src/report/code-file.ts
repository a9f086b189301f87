import { openReader } from '@tensormark/frameworks';
import type { Candidate, Chosen, GivenInput, ModelReading, ReadOptions } from '@tensormark/frameworks';
import { moduleOf, type Counted, type Followed, type NotKnown, type Remark } from './counted.js';

export interface CodeToCount {
  readonly source: string;
  /** Undefined where only a call was given. */
  readonly file: string | undefined;
  readonly inputs: readonly GivenInput[];
  readonly className: string | undefined;
  readonly call: string | undefined;
  readonly resolver: NonNullable<ReadOptions['resolver']>;
  readonly ownModule: ReadOptions['ownModule'];
}

/** Reads the network of a file of model code, or of a call. */
export async function readCodeFile(asked: CodeToCount): Promise<Counted> {
  const { source, file = 'call.py', inputs, className, call, ownModule } = asked;
  const reader = await openReader();
  const reading = reader.read(source, {
    filename: file,
    resolver: asked.resolver,
    ...(ownModule === undefined ? {} : { ownModule }),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(className === undefined ? {} : { className }),
    ...(call === undefined ? {} : { call }),
  });
  const name = nameOf(reading.chosen);
  return {
    name,
    heading: headingOf(reading.chosen),
    network: reading.network,
    followed: howFar(reading),
    gaps: reading.gaps,
    inputs: reading.inputs.types.map(({ shape }) => shape),
    inputsFrom: reading.inputs.source === 'given' ? 'the caller' : 'the file',
    returned: new Map(
      [...reading.moduleCalls].map(([path, { outputs }]) => [path, outputs.map(({ shape }) => shape)]),
    ),
    errors: errorsOf(reading, file),
    unknowns: unknownsOf(reading, file),
    unread: whyUnread(reading, name),
    candidates: reading.candidates,
    advice: adviceFor(reading, asked),
  };
}

function howFar({ traced, gaps, inputs, errors }: ModelReading): Followed {
  if (traced) return gaps.forward ? 'to-an-unknown' : 'to-its-output';
  return inputs.source === 'none' && !errors.some(({ during }) => during === 'forward')
    ? 'without-input'
    : 'to-an-error';
}

/** Its errors are shown anyway where it could not be made. */
function whyUnread({ network, chosen, unchosen, errors }: ModelReading, name = ''): string | undefined {
  if (network !== undefined) return undefined;
  return chosen !== undefined && errors.length > 0 ? `${name} could not be made` : unchosen;
}

function errorsOf(reading: ModelReading, file: string): Remark[] {
  const all = [
    ...reading.syntaxErrors.map(({ type, span, message }) => at(span, file, `${type}: ${message}`)),
    ...reading.errors
      .filter(({ unsure }) => unsure !== true)
      .map(({ type, message, place }) => at(place, file, `${type}: ${message}`)),
  ];
  const told = new Set<string>();
  return all.filter((remark) => {
    const key = JSON.stringify(remark);
    return !told.has(key) && told.add(key);
  });
}

function unknownsOf({ unknowns, errors }: ModelReading, file: string): NotKnown[] {
  return [
    ...unknowns.map(({ what, place, bears }) => ({ ...at(place, file, what), bears })),
    ...errors
      .filter(({ unsure }) => unsure === true)
      .map(({ type, message, place }) => ({
        ...at(place, file, `perhaps ${type}: ${message}`),
        bears: 'network' as const,
      })),
  ];
}

interface Stands {
  readonly line: number;
  readonly file?: string;
}

/** A call that was asked for stands in no file: what goes wrong in it has neither file nor line. */
function at(place: Stands, asked: string, says: string): Remark {
  const { line, file = asked } = place;
  if (line < 1 || file === '' || file === '<expression>') return { line: undefined, says };
  return { line, says, ...(file === asked ? {} : { file }) };
}

function nameOf(chosen: Chosen | undefined): string | undefined {
  return chosen?.kind === 'call' ? chosen.expression : chosen?.name;
}

function headingOf(chosen: Chosen | undefined): string | undefined {
  switch (chosen?.kind) {
    case 'call':
      return chosen.expression;
    case 'class':
      return `${chosen.name} (line ${chosen.line})`;
    case 'instance':
      return `${chosen.name}, a ${chosen.type} (line ${chosen.line})`;
    case undefined:
      return undefined;
  }
}

function adviceFor(reading: ModelReading, { inputs, className, call }: CodeToCount): string[] {
  return [
    ...(reading.network === undefined ? howToMake(reading) : []),
    ...(call === undefined && className === undefined ? whichElse(reading) : []),
    ...missingModules(reading, call),
    ...aboutInputs(reading, inputs.length),
  ];
}

/** A class whose constructor needs arguments takes a call. */
function howToMake({ candidates, chosen }: ModelReading): string[] {
  const needy = candidates.findLast(
    (candidate) =>
      candidate.kind === 'class' &&
      candidate.needs.length > 0 &&
      (chosen === undefined || (chosen.kind === 'class' && chosen.name === candidate.name)),
  );
  if (needy?.kind !== 'class') return [];
  return [`Say how it is made: --call '${needy.name}(${needy.needs.map((each) => `${each}=…`).join(', ')})'`];
}

/** Other models that stand for themselves: the choice between them is a guess. */
function whichElse({ candidates, chosen, network }: ModelReading): string[] {
  if (network === undefined || chosen?.kind !== 'class') return [];
  const isModel = (name: string): boolean => candidates.some((each) => each.name === name);
  const others = candidates.filter(
    (each): each is Candidate & { kind: 'class' } =>
      each.kind === 'class' && each.name !== chosen.name && !each.usedBy.some(isModel),
  );
  if (others.length === 0) return [];
  return [
    `Other models here: ${others.map(({ name, line }) => `${name} (line ${line})`).join(', ')}; --class NAME counts one.`,
  ];
}

/** What the network rests on that lies in no file that was found. */
function missingModules({ unknowns, network, errors }: ModelReading, call: string | undefined): string[] {
  if (network === undefined && errors.length > 0) return [];
  const bearing = unknowns.filter(({ bears }) => bears === 'network').map(({ what }) => what);
  const modules = unknowns.flatMap(({ what }) => moduleOf(what) ?? []);
  const called = call === undefined ? undefined : /^\s*(\w+)\./.exec(call)?.[1];
  const missing = [...modules, ...(called === undefined ? [] : [called])].filter((module) =>
    bearing.some((what) => moduleOf(what) === module || what.startsWith(`${module}.`)),
  );
  if (missing.length === 0) return [];
  const names = [...new Set(missing.map((module) => module.split('.')[0] ?? module))];
  return [`Say where ${names.join(', ')} can be imported from: --path FOLDER`];
}

function aboutInputs({ errors, inputs }: ModelReading, given: number): string[] {
  const forward = errors.filter(({ during }) => during === 'forward');
  if (given === 0 || forward.length === 0) return [];
  const missing = forward.some(({ message }) => /missing \d+ required positional/.test(message));
  const shapes = inputs.types.map(({ shape }) => `[${shape.join(', ')}]`).join(', ');
  return missing
    ? [`Give --input once for each input of the network; ${given} ${given === 1 ? 'was' : 'were'} given.`]
    : [`The input was ${shapes}: --input is written without the batch, which is 1.`];
}
