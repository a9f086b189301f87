import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Records } from '@tensormark/records';
import { Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { isLast, progressOf, type Progress } from './progress.contract.js';

const LOOK_MS = 500;
/** Beyond these, pages ask by themselves now and then, which costs less than holding them all. */
const MOST_WATCHED = 2000;

type Listener = (progress: Progress) => void;

/** Looks at all submissions that somebody watches with one query, and tells each listener what is new. */
@Injectable()
export class ProgressWatch implements OnModuleDestroy {
  private readonly logger = new Logger(ProgressWatch.name);
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly last = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(@Inject(RECORDS) private readonly records: Records) {}

  /** Tells the listener what is now and whatever comes, until the returned function is called. Throws 503. */
  async watch(id: string, listener: Listener): Promise<() => void> {
    if (this.listeners.size >= MOST_WATCHED) throw tooMany();
    const [now] = await this.records.submissions.progress([id]);
    if (now === undefined) return () => undefined;
    const progress = progressOf(now);
    listener(progress);
    if (isLast(progress)) return () => undefined;
    const others = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, others.add(listener));
    // What changed while this was read is told at the next look, to those who know it already too.
    this.last.delete(id);
    this.timer ??= setInterval(() => void this.look(), LOOK_MS);
    return () => this.leave(id, listener);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.listeners.clear();
  }

  private leave(id: string, listener: Listener): void {
    const listeners = this.listeners.get(id);
    listeners?.delete(listener);
    if (listeners?.size === 0) {
      this.listeners.delete(id);
      this.last.delete(id);
    }
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      for (const row of await this.records.submissions.progress([...this.listeners.keys()])) {
        const progress = progressOf(row);
        const says = JSON.stringify(progress);
        if (this.last.get(row.submissionId) === says) continue;
        this.last.set(row.submissionId, says);
        for (const listener of this.listeners.get(row.submissionId) ?? []) listener(progress);
      }
    } catch (error) {
      this.logger.warn(`progress could not be looked at; trying again (${String(error)})`);
    } finally {
      this.looking = false;
    }
  }
}

function tooMany(): Problem {
  return new Problem(503, 'Too many pages watch their submissions at the moment. Ask now and then instead.', {
    name: 'too-many-watchers',
    headers: { 'retry-after': '5' },
  });
}
