import {
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { cursorAt, type Cursor } from './cursor.js';
import { nameOffers } from './names.js';
import type { Offer } from './schema.js';
import { offers, type Vocabulary } from './vocabulary.js';

/** Offers what may stand at the cursor: while a word is typed, after `key: ` and `- `, and wherever it is asked for. */
export function completionOf(vocabulary: () => Vocabulary | Promise<Vocabulary>) {
  return (context: CompletionContext): CompletionResult | null | Promise<CompletionResult | null> => {
    const known = vocabulary();
    if (!(known instanceof Promise)) return completed(known, context);
    // Whoever asks before the words are there has them as soon as they are.
    return context.explicit ? known.then((loaded) => completed(loaded, context)) : null;
  };
}

function completed(known: Vocabulary, context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const cursor = cursorAt(text, context.pos);
  if (cursor === null) return null;
  if (
    !context.explicit &&
    cursor.word === '' &&
    !/[^\s:]: $|(^|\s)- $/.test(text.slice(0, cursor.from).slice(-80))
  )
    return null;
  // A word that can stand alone before the same with more behind it.
  const all = cursor.places
    .toReversed()
    .flatMap((place) => nameOffers(text, cursor.from, place) ?? offers(known, place));
  if (all.length === 0) return null;
  return {
    from: cursor.from,
    to: cursor.to,
    options: all.map((offer, at) => optionOf(offer, at, cursor)),
    validFor: /^[\w.-]*$/,
  };
}

function optionOf(offer: Offer, at: number, cursor: Cursor): Completion {
  const { word, kind, brief, says, required } = offer;
  return {
    label: word,
    type: kind === 'key' ? 'property' : 'enum',
    detail: [required ? 'required' : '', brief].filter((each) => each !== '').join(', '),
    ...(says === '' ? {} : { info: says }),
    // In the order they are offered, where what is typed tells nothing.
    boost: Math.max(-99, 50 - at),
    apply: (view, _completion, from, to) => apply(view, offer, cursor, from, to),
  };
}

function apply(view: EditorView, offer: Offer, { hasColon, inFlow }: Cursor, from: number, to: number): void {
  const line = view.state.doc.lineAt(from);
  const indent = ' '.repeat(from - line.from);
  const braces = offer.opens === 'braces';
  const after =
    offer.kind === 'value' || hasColon
      ? ''
      : braces
        ? ': { '
        : inFlow || offer.opens === 'line'
          ? ': '
          : offer.opens === 'list'
            ? `:\n${indent}  - `
            : `:\n${indent}  `;
  const written = offer.word + after;
  view.dispatch({
    changes: { from, to, insert: braces && after !== '' ? `${written} }` : written },
    selection: { anchor: from + written.length },
    scrollIntoView: true,
    userEvent: 'input.complete',
  });
  if (after !== '') startCompletion(view);
}
