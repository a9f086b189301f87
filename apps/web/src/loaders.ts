import type { FetchQueryOptions, QueryClient, QueryKey } from '@tanstack/react-query';
import { definition, exam, examSubmissions, exams } from './api/exams.js';
import { excusals } from './api/excusals.js';
import { flags, flagsOf } from './api/flags.js';
import { coursesOf } from './api/learning-platforms.js';
import { answer, queue } from './api/marking.js';
import { agreement, moderation } from './api/moderation.js';
import { moderationSamples } from './api/moderation-samples.js';
import { releasePlan } from './api/release.js';
import { reviews, secondLooks } from './api/reviews.js';
import { extensions, schedule } from './api/schedule.js';
import { team } from './api/teams.js';
import { document, report, submission } from './api/submissions.js';
import type { QueueState } from './api/types.js';
import { loadReportView } from './student/laterViews.js';
import { loadKatex } from './text/loadKatex.js';

interface Coming<Params> {
  readonly context: { readonly queryClient: QueryClient };
  readonly params: Params;
}

/** A page waits no longer than this for what it begins with: then it shows itself, and what it waits for. */
const PATIENCE_MS = 3000;

/** What is here already is shown at once, and brought up to date by the page itself. A fault is the page's to tell. */
async function first<T, K extends QueryKey>(
  client: QueryClient,
  query: FetchQueryOptions<T, Error, T, K>,
): Promise<void> {
  if (client.getQueryData(query.queryKey) === undefined) await inTime(client.prefetchQuery(query));
}

/** As above; but what is known to be another by now is not shown as it was, which would move the page when it comes. */
async function current<T, K extends QueryKey>(
  client: QueryClient,
  query: FetchQueryOptions<T, Error, T, K>,
): Promise<void> {
  const state = client.getQueryState(query.queryKey);
  if (state?.data === undefined || state.isInvalidated) await inTime(client.prefetchQuery(query));
}

async function inTime(coming: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((go) => {
    timer = setTimeout(go, PATIENCE_MS);
  });
  await Promise.race([coming, late]);
  clearTimeout(timer);
}

/*
 * What a page begins with is fetched before it is shown, so that nothing in it moves when it comes.
 */

export async function listFirst({ context: { queryClient } }: Coming<unknown>): Promise<void> {
  await first(queryClient, exams);
}

export async function examFirst({
  context: { queryClient },
  params,
}: Coming<{ exam: string }>): Promise<void> {
  await first(queryClient, exam(params.exam));
}

/** What draws formulas, where the paper has any. */
async function formulasOf(queryClient: QueryClient, id: string): Promise<void> {
  const paper = queryClient.getQueryData(exam(id).queryKey);
  if (paper !== undefined && JSON.stringify([paper.instructions, paper.parts]).includes('$'))
    await loadKatex().catch(() => undefined);
}

async function frameFirst(coming: Coming<{ exam: string }>): Promise<void> {
  const { queryClient } = coming.context;
  const id = coming.params.exam;
  await Promise.all([
    examFirst(coming),
    first(queryClient, schedule(id)),
    current(queryClient, examSubmissions(id)),
  ]);
}

export async function paperFirst(coming: Coming<{ exam: string }>): Promise<void> {
  await Promise.all([
    frameFirst(coming),
    examFirst(coming).then(() => formulasOf(coming.context.queryClient, coming.params.exam)),
  ]);
}

export async function standingFirst(coming: Coming<{ exam: string }>): Promise<void> {
  const { queryClient } = coming.context;
  const id = coming.params.exam;
  await Promise.all([
    frameFirst(coming),
    first(queryClient, extensions(id)),
    first(queryClient, coursesOf(id)),
    first(queryClient, team(id)),
    first(queryClient, releasePlan(id)),
    first(queryClient, excusals(id)),
    first(queryClient, reviews(id, 'open')),
  ]);
}

export async function moderationFirst(coming: Coming<{ exam: string }>): Promise<void> {
  await Promise.all([
    disagreementsFirst(coming),
    first(coming.context.queryClient, agreement(coming.params.exam)),
    first(coming.context.queryClient, moderationSamples(coming.params.exam)),
  ]);
}

export async function disagreementsFirst(coming: Coming<{ exam: string }>): Promise<void> {
  await Promise.all([
    examFirst(coming),
    first(coming.context.queryClient, moderation(coming.params.exam, 'open')),
  ]);
}

export async function definitionFirst(coming: Coming<{ exam: string }>): Promise<void> {
  await Promise.all([examFirst(coming), first(coming.context.queryClient, definition(coming.params.exam))]);
}

/** What a new exam is a copy of. */
export async function copyFirst({
  context,
  deps: { from },
}: {
  readonly context: Coming<unknown>['context'];
  readonly deps: { readonly from?: string | undefined };
}): Promise<void> {
  if (from !== undefined) await first(context.queryClient, definition(from));
}

/** With its report once it is released, and until then with the document as it was read. */
export async function submissionFirst({ context, params }: Coming<{ submission: string }>): Promise<void> {
  const { queryClient } = context;
  const asked = submission(params.submission);
  await first(queryClient, asked);
  const found = queryClient.getQueryData(asked.queryKey);
  if (found === undefined) return;
  await Promise.all([
    first(queryClient, exam(found.exam)),
    first(queryClient, schedule(found.exam)),
    ...(found.state === 'released'
      ? [
          first(queryClient, report(found.id)),
          first(queryClient, secondLooks(found.id)),
          loadKatex().catch(() => undefined),
          loadReportView().catch(() => undefined),
        ]
      : found.split === null
        ? []
        : [first(queryClient, document(found.id))]),
  ]);
}

/** What stands in the buttons above the queue, which takes another row with more of it. */
export async function queueFirst(coming: Coming<{ exam: string }>): Promise<void> {
  const { queryClient } = coming.context;
  const id = coming.params.exam;
  await Promise.all([
    examFirst(coming),
    first(queryClient, reviews(id, 'open')),
    first(queryClient, flags(id, 'open')),
    first(queryClient, moderation(id, 'open')),
  ]);
}

/** As many answers as are seen at once; the others come while one reads. */
const SEEN = 6;

export async function secondLooksFirst(coming: Coming<{ exam: string }>): Promise<void> {
  const { queryClient } = coming.context;
  const asked = reviews(coming.params.exam, 'open');
  await Promise.all([examFirst(coming), first(queryClient, asked), loadKatex().catch(() => undefined)]);
  const requests = queryClient.getQueryData(asked.queryKey) ?? [];
  await Promise.all(requests.slice(0, SEEN).map((request) => first(queryClient, answer(request.answer))));
}

export async function cutFirst(coming: Coming<{ exam: string; submission: string }>): Promise<void> {
  await Promise.all([
    examFirst(coming),
    first(coming.context.queryClient, submission(coming.params.submission)),
    first(coming.context.queryClient, document(coming.params.submission)),
  ]);
}

interface ComingToAnswer extends Coming<{ exam: string; answer: string }> {
  readonly deps: { readonly part?: string; readonly state?: QueueState; readonly candidate?: string };
  readonly cause: 'preload' | 'enter' | 'stay';
}

/**
 * With what draws formulas and code, where the answer has them. From answer to answer nothing is waited for: the one
 * before must not stay on the page, where a key would still mark it.
 */
export function answerFirst(coming: ComingToAnswer): Promise<void> | undefined {
  return coming.cause === 'stay' ? undefined : benchFirst(coming);
}

async function benchFirst(coming: ComingToAnswer): Promise<void> {
  const { queryClient } = coming.context;
  const { part, state = 'awaiting', candidate } = coming.deps;
  const asked = answer(coming.params.answer);
  await Promise.all([
    examFirst(coming),
    first(queryClient, queue(coming.params.exam, { part, state, candidate })),
    first(queryClient, asked),
    first(queryClient, flagsOf(coming.params.answer)),
    loadKatex().catch(() => undefined),
  ]);
  if (queryClient.getQueryData(asked.queryKey)?.part.kind === 'code')
    await import('./editor/CodeView.js').catch(() => undefined);
}
