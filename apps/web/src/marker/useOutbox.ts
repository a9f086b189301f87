import { MutationObserver, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { answer as answerQuery, decide } from '../api/marking.js';
import { whoIsHere } from '../api/session.js';
import type { Me, NewMark } from '../api/types.js';
import { warnOnLeaving } from '../session/leaving.js';
import { onForgotten } from '../session/unsaved.js';
import { inMarks } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { compare, comparisonOf } from './comparison.js';
import type { Held } from './desk-keeper.js';
import { noteMarked } from './noteMarked.js';
import { makeOutbox, type Outbox } from './outbox.js';
import { isUnderWay, whyUnsaved, type Save } from './saves.js';
import { desks } from './useDesk.js';

/** One for the page, whichever part of it asks: decisions are sent on while one goes from page to page. */
let opened: Outbox | null = null;

function outboxOf(queryClient: QueryClient): Outbox {
  opened ??= open(queryClient);
  return opened;
}

function open(queryClient: QueryClient): Outbox {
  const fresh = (id: string) => queryClient.fetchQuery({ ...answerQuery(id), staleTime: 0, retry: false });
  const outbox = makeOutbox({
    // As a mutation of the page: an ended session leads to the sign-in.
    decide: (id, mark) =>
      new MutationObserver(queryClient, { mutationFn: (given: NewMark) => decide(id, given) }).mutate(mark),
    async marksOf(id) {
      const { history, current, second } = await fresh(id);
      return [...history, current, second].filter((mark) => mark !== null);
    },
    who: whoIsHere,
    later: (act, ms) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    storage: () => localStorage,
    async onSaved(save, mark) {
      announce(`${nameOf(save)}: ${mark.marks} of ${inMarks(save.available)}`);
      noteMarked(queryClient, save.answer, mark.marks);
      void queryClient.invalidateQueries({ queryKey: ['exams'] });
      await queryClient.invalidateQueries({
        queryKey: answerQuery(save.answer).queryKey,
        refetchType: 'all',
      });
      // A page that is left takes back what it was asking for: then it is asked for again.
      const { queryKey } = answerQuery(save.answer);
      const known = queryClient.getQueryState(queryKey);
      const after = known === undefined || known.isInvalidated ? await fresh(save.answer) : known.data;
      if (after !== undefined) compare(comparisonOf(save, after));
    },
    onUnsaved(save) {
      if (save.state.kind !== 'waiting') {
        announce(`${nameOf(save)} is not saved. ${whyUnsaved(save)}`, 'fault');
        // Both sides are to be seen.
        void queryClient.invalidateQueries({
          queryKey: answerQuery(save.answer).queryKey,
          refetchType: 'all',
        });
      }
    },
  });
  const holds = new Map<string, Held>();
  outbox.subscribe(() => {
    const saves = outbox.all();
    warnOnLeaving(
      'saves',
      saves.some(({ state }) => state.kind !== 'saved'),
    );
    // What is being saved stays on the desk, so that no colleague marks it meanwhile.
    const wanted = new Set(saves.filter(isUnderWay).map(({ answer }) => answer));
    for (const answer of wanted) if (!holds.has(answer)) holds.set(answer, desks.hold(answer));
    for (const [answer, held] of holds) {
      if (wanted.has(answer)) continue;
      holds.delete(answer);
      held.release();
    }
  });
  onForgotten(() => {
    outbox.forget();
    compare(null);
  });
  addEventListener('storage', ({ storageArea, key, newValue }) => {
    if (storageArea === localStorage && key !== null) outbox.keptElsewhere(key, newValue);
  });
  addEventListener('online', () => outbox.tryAgain());
  return outbox;
}

/** How an answer is called in a line. */
export const nameOf = ({ part, candidate }: Pick<Save, 'part' | 'candidate'>): string =>
  `${part}, ${candidate}`;

export function useOutbox(): Outbox {
  return outboxOf(useQueryClient());
}

/** From here on decisions are this person's. */
export function useOutboxOf({ id, name }: Me): void {
  const outbox = useOutbox();
  useEffect(() => outbox.begin({ id, name }), [outbox, id, name]);
}

/** The decisions that are not done with. */
export function useSaves(): readonly Save[] {
  const outbox = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.all);
}

/** The answers of which a decision is being saved. */
export function useGiven(): ReadonlySet<string> {
  const saves = useSaves();
  return useMemo(() => new Set(saves.filter(isUnderWay).map(({ answer }) => answer)), [saves]);
}
