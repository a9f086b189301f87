import type { Container, Place } from './cursor.js';

/** What of a JSON Schema the exam format makes use of. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  /** Values among others. */
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Something that may stand at the cursor. */
export interface Offer {
  readonly word: string;
  readonly kind: 'key' | 'value';
  /** In a few words, beside it. */
  readonly brief: string;
  /** What it means; empty where the schema says nothing. */
  readonly says: string;
  /** Without it the exam is not complete. */
  readonly required: boolean;
  /** What a key's value begins with. */
  readonly opens: 'line' | 'list' | 'map' | 'braces';
}

/** What the schema allows at a place, most needed first. */
export function offersAt(schema: Schema, place: Place): Offer[] {
  const here = schemasAt(schema, place);
  return place.kind === 'key' ? keysOf(here, place.containers.at(-1)) : valuesOf(here);
}

/** What the schema says of the key or value at a place: the alternatives that fit what stands around it. */
export function schemasAt(schema: Schema, { path, containers }: Place): Schema[] {
  let here: Schema[] = [schema];
  for (const [at, step] of path.entries()) {
    const fitting = fittingOf(here, containers[at]);
    here = fitting.flatMap((each) => {
      const next = typeof step === 'number' ? each.items : (each.properties?.[step] ?? rest(each));
      return next === undefined ? [] : [next];
    });
  }
  return fittingOf(here, containers[path.length]);
}

const rest = ({ additionalProperties }: Schema): Schema | undefined =>
  typeof additionalProperties === 'object' ? additionalProperties : undefined;

function alternatives(schema: Schema): Schema[] {
  const nested = schema.anyOf ?? schema.oneOf;
  if (nested === undefined) return [schema];
  const { description } = schema;
  return nested
    .flatMap(alternatives)
    .map((each) => ({ ...(description !== undefined && { description }), ...each }));
}

/** Of alternatives those that what is written already leaves open. */
function fittingOf(schemas: readonly Schema[], container: Container | undefined): Schema[] {
  const all = schemas.flatMap(alternatives);
  if (container === undefined) return all;
  if (container.kind === 'list') return all.filter(({ items }) => items !== undefined);
  const maps = all.filter(({ properties, additionalProperties }) => properties ?? additionalProperties);
  const consistent = maps.filter(({ properties = {} }) =>
    Object.entries(container.plain).every(([key, value]) => {
      const expected = properties[key]?.const;
      return expected === undefined || expected === value;
    }),
  );
  const unknown = ({ properties = {}, additionalProperties }: Schema) =>
    typeof additionalProperties === 'object'
      ? 0
      : container.keys.filter((key) => !(key in properties)).length;
  const least = Math.min(...consistent.map(unknown));
  return consistent.filter((each) => unknown(each) === least);
}

function keysOf(schemas: readonly Schema[], container: Container | undefined): Offer[] {
  const there = new Set(container?.keys);
  const offers = new Map<string, Offer>();
  for (const { properties = {}, propertyNames } of schemas) {
    for (const [word, of] of Object.entries(properties)) {
      if (there.has(word)) continue;
      const known = offers.get(word);
      const kinds = kindsBy(word, schemas);
      offers.set(word, {
        word,
        kind: 'key',
        brief:
          known === undefined
            ? briefly(of)
            : briefly({ anyOf: schemas.flatMap((each) => each.properties?.[word] ?? []) }),
        says: kinds ?? (known?.says || (of.description ?? '')),
        required: schemas.every((each) => each.required?.includes(word) === true),
        opens: opening(of),
      });
    }
    for (const name of propertyNames?.enum ?? propertyNames?.examples ?? []) {
      const word = String(name);
      if (there.has(word)) continue;
      offers.set(word, { word, kind: 'key', brief: '', says: '', required: false, opens: 'line' });
    }
  }
  return [...offers.values()].toSorted((a, b) => rank(b, schemas) - rank(a, schemas));
}

/** What stands first: what is needed, then what tells the alternatives apart, then what most of them have. */
function rank({ word, required }: Offer, schemas: readonly Schema[]): number {
  if (required) return 3;
  const kinds = (each: string) => kindsBy(each, schemas) !== undefined;
  if (kinds(word)) return 2;
  const having = schemas.filter(({ properties = {} }) => word in properties);
  // Needed by all alternatives that are of no kind, such as the parts of a question.
  const ofNoKind = schemas.filter(({ properties = {} }) => !Object.keys(properties).some(kinds));
  if (ofNoKind.length < schemas.length && ofNoKind.length > 0)
    if (ofNoKind.every((each) => each.required?.includes(word) === true)) return 1.5;
  return having.length / (schemas.length + 1);
}

/** The meanings of a key by whose value alternatives are told apart, one after the other; undefined of any other key. */
function kindsBy(word: string, schemas: readonly Schema[]): string | undefined {
  const kinds = schemas.flatMap(({ properties = {} }) => {
    const { const: only, description = '' } = properties[word] ?? {};
    return only === undefined ? [] : [`${String(only)}: ${description}`];
  });
  return kinds.length < 2 ? undefined : kinds.join('; ');
}

function valuesOf(schemas: readonly Schema[]): Offer[] {
  const offers = new Map<string, Offer>();
  for (const { enum: words, examples, const: only, type, description = '', default: standard } of schemas) {
    const values =
      words ??
      examples ??
      (only === undefined
        ? type === 'boolean'
          ? [true, false]
          : standard === undefined
            ? []
            : [standard]
        : [only]);
    for (const value of values) {
      if (typeof value === 'object') continue;
      const word = String(value);
      offers.set(word, {
        word,
        kind: 'value',
        brief: value === standard ? 'unless said otherwise' : '',
        says: meaningOf(word, description),
        required: false,
        opens: 'line',
      });
    }
  }
  return [...offers.values()];
}

/** What a description says of one of its values: `as-given: …; either: …`; all of it where it does not tell them apart. */
export function meaningOf(value: string, description: string): string {
  const at = description.search(new RegExp(`(^|[;,.:]\\s*|\\s)${escaped(value)}:\\s`));
  if (at < 0) return description;
  const from = description.indexOf(`${value}:`, at) + value.length + 1;
  return (description.slice(from).split(/;\s/)[0] ?? '').trim();
}

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function opening(schema: Schema): Offer['opens'] {
  const [first] = alternatives(schema);
  if (first?.type === 'array') return first.items?.type === 'integer' ? 'line' : 'list';
  return first?.type === 'object' ? 'map' : 'line';
}

/** What is expected, in a few words: `whole number from 1 to 12`. */
export function briefly(schema: Schema): string {
  const all = alternatives(schema);
  const fixed = all.flatMap(({ enum: words, const: only }) => words ?? (only === undefined ? [] : [only]));
  if (fixed.length > 0) {
    const shown = fixed.slice(0, 4).map(String).join(', ');
    return fixed.length > 4 ? `${shown} …` : fixed.length === 1 ? shown : `one of ${shown}`;
  }
  return [...new Set(all.map(brieflyOne))].filter((each) => each !== '').join(' or ');
}

function brieflyOne({
  type,
  minimum,
  maximum,
  exclusiveMinimum,
  maxLength,
  items,
  maxItems,
}: Schema): string {
  const types: readonly (string | undefined)[] = Array.isArray(type) ? type : [type];
  if (types.includes('number') || types.includes('integer')) {
    const word = types.includes('integer') ? 'whole number' : 'number';
    const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
    const telling = (bound: number | undefined) => bound !== undefined && Math.abs(bound) < 1e9;
    if (telling(least) && telling(maximum)) return `${word} from ${least} to ${maximum}`;
    return telling(least) ? `${word} from ${least}` : word;
  }
  if (types.includes('string'))
    return maxLength === undefined ? 'text' : `text, at most ${maxLength} characters`;
  if (types.includes('boolean')) return 'true or false';
  if (types.includes('array')) {
    const of = items === undefined ? '' : brieflyOne(items);
    return `list${of === '' ? '' : ` of: ${of}`}${maxItems === undefined ? '' : `, at most ${maxItems}`}`;
  }
  return types.includes('object') ? 'fields of its own' : '';
}
