import { setTimeout as pause } from 'node:timers/promises';

interface Storm {
  readonly url: () => string;
  /** One for each student; they take turns. */
  readonly tokens: readonly string[];
  readonly answers: string;
  /** Uploads a second, begun whether or not the earlier ones are answered. */
  readonly rate: number;
  readonly total: number;
}

export interface Sent {
  readonly submission: string;
  /** From the first try to the receipt. */
  readonly milliseconds: number;
  readonly tries: number;
}

const TRY_AGAIN_AFTER_MS = 500;

/** Sends all at the given rate and waits for every receipt. */
export async function sendAll(storm: Storm): Promise<Sent[]> {
  const started = performance.now();
  const sending = Array.from({ length: storm.total }, async (_, at) => {
    await pause(Math.max(0, started + (at * 1000) / storm.rate - performance.now()));
    return send(storm, at);
  });
  return Promise.all(sending);
}

async function send({ url, tokens, answers }: Storm, at: number): Promise<Sent> {
  const started = performance.now();
  for (let tries = 1; ; tries += 1) {
    const submission = await handIn(
      url(),
      tokens[at % tokens.length] ?? '',
      `${answers}\n\n${at}\n`,
      `storm-${at}`,
    );
    if (submission !== null) return { submission, milliseconds: performance.now() - started, tries };
    await pause(TRY_AGAIN_AFTER_MS);
  }
}

/** The submission's name once there is a receipt; null where the server could not be reached or had a fault. */
async function handIn(url: string, token: string, text: string, key: string): Promise<string | null> {
  const form = new FormData();
  form.set('file', new Blob([text]), 'answers.md');
  try {
    const response = await fetch(`${url}/api/v1/exams/demonstration/submissions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
      body: form,
    });
    const body: unknown = await response.json();
    if (response.status >= 500) return null;
    if (response.status !== 202 || typeof body !== 'object' || body === null || !('submission' in body))
      throw new Refused(`an upload was refused: ${response.status} ${JSON.stringify(body)}`);
    return String(body.submission);
  } catch (error) {
    if (error instanceof Refused) throw error;
    return null;
  }
}

class Refused extends Error {}
