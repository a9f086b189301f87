import type { LayerWord } from '../api/types.js';
import { cursorAt, type Place } from './cursor.js';
import { layerOffers } from './layers.js';
import { offersAt, type Offer, type Schema } from './schema.js';

/** What an exam is written in. */
export interface Vocabulary {
  readonly schema: Schema;
  readonly layers: readonly LayerWord[];
}

export function offers({ schema, layers }: Vocabulary, place: Place): Offer[] {
  return layerOffers(layers, place) ?? offersAt(schema, place);
}

/** What is to be known of a word of the exam. */
export interface Documentation {
  /** Where it stands: `questions[0].ask[1].quantity`. */
  readonly path: string;
  readonly brief: string;
  readonly says: string;
}

/** What the key or value at a position means; of prose, what the key before it means. */
export function documentationAt(
  vocabulary: Vocabulary,
  text: string,
  position: number,
): Documentation | null {
  const found = documented(vocabulary, text, position);
  if (found !== null) return found;
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const key = /^\s*(?:- +)*(?=[A-Za-z])/.exec(text.slice(start));
  if (key === null || start + key[0].length === position) return null;
  return documented(vocabulary, text, start + key[0].length);
}

function documented(vocabulary: Vocabulary, text: string, position: number): Documentation | null {
  const cursor = cursorAt(text, position);
  const place = cursor?.places[0];
  if (cursor === null || place === undefined || cursor.word === '') return null;
  if (place.kind === 'key') return ofKey(vocabulary, place, cursor.word);
  const value = offers(vocabulary, place).find(({ word }) => word === cursor.word);
  const key = place.path.at(-1);
  const map = place.containers.at(-1);
  const of =
    typeof key === 'string' && map !== undefined
      ? ofKey(
          vocabulary,
          {
            kind: 'key',
            path: place.path.slice(0, -1),
            containers: [
              ...place.containers.slice(0, -1),
              { ...map, keys: map.keys.filter((each) => each !== key) },
            ],
          },
          key,
        )
      : null;
  if (value === undefined || value.says === '') return of;
  return { path: `${written(place.path)}: ${value.word}`, brief: of?.brief ?? '', says: value.says };
}

function ofKey(vocabulary: Vocabulary, place: Place, key: string): Documentation | null {
  const offer = offers(vocabulary, place).find(({ word }) => word === key);
  if (offer === undefined) return null;
  const brief = `${offer.brief}${offer.required ? `${offer.brief === '' ? '' : ', '}required` : ''}`;
  return { path: written([...place.path, key]), brief, says: offer.says };
}

const written = (path: Place['path']): string =>
  path.reduce<string>(
    (so, step) => (typeof step === 'number' ? `${so}[${step}]` : so === '' ? step : `${so}.${step}`),
    '',
  );
