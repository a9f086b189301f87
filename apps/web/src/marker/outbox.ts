import { asProblem } from '../api/problem.js';
import type { Mark, NewMark } from '../api/types.js';
import { readMarks } from '../text/marks.js';
import { type Given, readGiven, type Save, type SaveState, stateAfter } from './saves.js';

/** So many are sent at once: a browser opens few connections to a server, and the answers come through the others. */
const AT_ONCE = 3;
/** Until the next try, in ms, after so many in vain. */
const PATIENCE = [1000, 2000, 4000, 8000, 15_000, 30_000];

export interface Marker {
  readonly id: string;
  readonly name: string;
}

/** What of the world decisions are sent with. */
export interface OutboxLine {
  readonly decide: (answer: string, mark: NewMark) => Promise<Mark>;
  /** All marks of an answer as they are now. */
  readonly marksOf: (answer: string) => Promise<readonly Mark[]>;
  /** Who is signed in now; null for nobody. */
  readonly who: () => Promise<string | null>;
  /** Gives the way to leave it after all. */
  readonly later: (act: () => void, ms: number) => () => void;
  /** What is kept until it is saved, also when the browser is closed; null in one that keeps nothing. */
  readonly storage: () => Storage | null;
  /** Resolves once the pages know of it. */
  readonly onSaved: (save: Save, mark: Mark) => Promise<void>;
  /** It could not be saved now. */
  readonly onUnsaved: (save: Save) => void;
}

/** Saves decisions while the marker goes on; each until it is there or the marker has looked at it again. */
export interface Outbox {
  /** All that is not yet done with, oldest first. */
  all(): readonly Save[];
  subscribe(listener: () => void): () => void;
  /** From here on decisions are this marker's; what they gave and was not saved is sent again. */
  begin(marker: Marker): void;
  give(given: Given): void;
  /** The marker lets go of it, or takes it up again as a draft. */
  drop(answer: string): void;
  /** Sends again now what waits. */
  tryAgain(): void;
  /** What is kept changed in another tab: what was saved, or taken back, there is not sent from here as well. */
  keptElsewhere(name: string, value: string | null): void;
  /** Nothing of it stays in this page, as after signing out. */
  forget(): void;
}

export const KEPT_AS = 'tensormark-save:';
const keyOf = (marker: Marker, answer: string): string => `${KEPT_AS}${marker.id}:${answer}`;

export function makeOutbox(line: OutboxLine): Outbox {
  let saves: readonly Save[] = [];
  let marker: Marker | null = null;
  let inVain = 0;
  let leaveTry: (() => void) | null = null;
  const listeners = new Set<() => void>();

  function publish(next: readonly Save[]) {
    saves = next;
    for (const listener of listeners) listener();
  }

  const here = (answer: string): Save | undefined => saves.find((save) => save.answer === answer);

  /** Whether it is still this very decision that is in the box, and not one that replaced it. */
  const isCurrent = (save: Save): boolean => here(save.answer)?.mark === save.mark;

  function put(save: Save) {
    const at = saves.findIndex(({ answer }) => answer === save.answer);
    publish(at < 0 ? [...saves, save] : saves.map((other, place) => (place === at ? save : other)));
  }

  function keep(save: Save) {
    if (marker === null) return;
    const { state: _state, tried: _tried, uncertain: _uncertain, ...given } = save;
    try {
      line.storage()?.setItem(keyOf(marker, save.answer), JSON.stringify(given));
    } catch {
      // A full storage must not stop anybody from marking.
    }
  }

  function unkeep(answer: string) {
    if (marker === null) return;
    try {
      line.storage()?.removeItem(keyOf(marker, answer));
    } catch {
      // As above.
    }
  }

  function keptOf(of: Marker): Given[] {
    const found: Given[] = [];
    try {
      const storage = line.storage();
      for (let at = 0; at < (storage?.length ?? 0); at += 1) {
        const name = storage?.key(at) ?? '';
        if (!name.startsWith(keyOf(of, ''))) continue;
        const given = readGiven(storage?.getItem(name) ?? '');
        if (given !== null) found.push(given);
      }
    } catch {
      // A closed storage has nothing.
    }
    return found;
  }

  let sending = 0;
  const queue: (() => void)[] = [];

  /** Sends it once fewer are under way; null where it was replaced or taken back before its turn. */
  async function inTurn(save: Save): Promise<Mark | null> {
    if (sending >= AT_ONCE) await new Promise<void>((go) => queue.push(go));
    else sending += 1;
    try {
      return isCurrent(save) ? await line.decide(save.answer, save.mark) : null;
    } finally {
      // The turn is handed on, or given back.
      const next = queue.shift();
      if (next === undefined) sending -= 1;
      else next();
    }
  }

  async function send(save: Save): Promise<void> {
    const whose = marker;
    const sent: Save = { ...save, state: { kind: 'saving' } };
    put(sent);
    try {
      const mark = await inTurn(sent);
      if (mark !== null) await saved(sent, mark);
    } catch (error) {
      const problem = asProblem(error);
      const state = stateAfter(problem);
      const came = state.kind === 'conflict' && save.uncertain ? await arrived(sent, whose) : null;
      if (came !== null) return saved(sent, came);
      settle(sent, state, problem.status === 0 || problem.status >= 500);
    }
  }

  async function saved(save: Save, mark: Mark): Promise<void> {
    if (!isCurrent(save)) return;
    inVain = 0;
    unkeep(save.answer);
    const done: Save = { ...save, state: { kind: 'saved' } };
    put(done);
    // Not before the pages know the mark: until then its answer would look unmarked.
    await line.onSaved(done, mark).catch(() => undefined);
    if (isCurrent(done)) publish(saves.filter(({ answer }) => answer !== save.answer));
  }

  function settle(save: Save, state: SaveState, uncertain: boolean) {
    if (!isCurrent(save)) return;
    const left: Save = { ...save, state, tried: true, uncertain: save.uncertain || uncertain };
    put(left);
    line.onUnsaved(left);
    if (state.kind === 'waiting' && state.why === 'unreachable') tryLater();
  }

  /** Whether an earlier try of it arrived after all: then its mark is among those that came since. */
  async function arrived(save: Save, whose: Marker | null): Promise<Mark | null> {
    try {
      const marks = await line.marksOf(save.answer);
      const mine = marks.find(
        ({ id, by, marks: given }) =>
          !save.seen.includes(id) && by === whose?.name && readMarks(given) === readMarks(save.marks),
      );
      return mine ?? null;
    } catch {
      return null;
    }
  }

  function tryLater() {
    if (leaveTry !== null) return;
    leaveTry = line.later(
      () => {
        leaveTry = null;
        void tryNow();
      },
      PATIENCE[Math.min(inVain, PATIENCE.length - 1)] ?? 0,
    );
    inVain += 1;
  }

  /** Only in the name of whoever gave it: somebody else may have signed in meanwhile, in another tab. */
  async function tryNow(): Promise<void> {
    const waiting = saves.filter(({ state }) => state.kind === 'waiting');
    if (waiting.length === 0 || marker === null) return;
    const whose = marker;
    const now = await line.who().catch(() => undefined);
    if (marker !== whose) return;
    if (now === undefined) return tryLater();
    const still = waiting.filter((save) => here(save.answer) === save);
    // For nobody the server refuses it, which leads to the sign-in.
    if (now === null || now === whose.id) await Promise.all(still.map(send));
    else for (const save of still) put({ ...save, state: { kind: 'waiting', why: 'signed-out' } });
  }

  return {
    all: () => saves,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin(of) {
      if (marker?.id === of.id) return void tryNow();
      marker = of;
      const kept = keptOf(of).map((given): Save => ({
        ...given,
        tried: true,
        uncertain: true,
        state: { kind: 'waiting', why: 'unreachable' },
      }));
      publish(kept);
      void tryNow();
    },
    give(given) {
      const save: Save = {
        ...given,
        tried: false,
        uncertain: here(given.answer)?.uncertain ?? false,
        state: { kind: 'saving' },
      };
      keep(save);
      put(save);
      void send(save);
    },
    drop(answer) {
      unkeep(answer);
      publish(saves.filter((save) => save.answer !== answer));
    },
    tryAgain() {
      inVain = 0;
      // What fails now is not left to a try that was put off for long.
      leaveTry?.();
      leaveTry = null;
      void tryNow();
    },
    keptElsewhere(name, value) {
      if (value !== null || marker === null) return;
      const gone = saves.find((save) => marker !== null && name === keyOf(marker, save.answer));
      // What is on its way ends by the server's answer.
      if (gone !== undefined && gone.state.kind !== 'saving' && gone.state.kind !== 'saved')
        publish(saves.filter((save) => save !== gone));
    },
    forget() {
      leaveTry?.();
      leaveTry = null;
      marker = null;
      publish([]);
    },
  };
}
