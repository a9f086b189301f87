import type { APIRequestContext } from 'playwright-core';
import type { Server } from './server.js';
import type { Visitor } from './visitor.js';

/** Puts an exam, in the name of the examiner who is signed in. */
export async function putExam(examiner: Visitor, name: string, yaml: string): Promise<void> {
  const answer = await examiner.context.request.put(`/api/v1/exams/${name}`, {
    data: yaml,
    headers: { 'content-type': 'application/yaml' },
  });
  if (!answer.ok()) throw new Error(`the exam was not taken: ${await answer.text()}`);
}

/** Makes accounts of students with these names and hands in what each has written; gives their submissions. */
export async function handInAs(
  server: Server,
  examiner: Visitor,
  exam: string,
  papers: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const submissions = new Map<string, string>();
  for (const [name, text] of Object.entries(papers)) {
    const { request } = examiner.context;
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
    const password = 'a-long-enough-password';
    const person = await request.post('/api/v1/people', { data: { name, email, role: 'student', password } });
    if (!person.ok()) throw new Error(`no account: ${await person.text()}`);
    submissions.set(name, await handIn(server, exam, email, password, text));
  }
  await settled(examiner.context.request, exam, submissions.size);
  return submissions;
}

async function handIn(server: Server, exam: string, email: string, password: string, text: string) {
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email, password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const form = new FormData();
  form.set('file', new Blob([text]), 'answers.md');
  const handed = await fetch(`${server.url}/api/v1/exams/${exam}/submissions`, {
    method: 'POST',
    headers: { cookie, origin: server.url },
    body: form,
  });
  const { submission } = (await handed.json()) as { submission?: string };
  if (submission === undefined) throw new Error(`not taken: ${handed.status}`);
  return submission;
}

/** Waits until all that was handed in is through the machine. */
async function settled(request: APIRequestContext, exam: string, wanted: number): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await request.get(`/api/v1/exams/${exam}/submissions`);
    const submissions = (await answer.json()) as { state: string }[];
    const ready = submissions.filter(({ state }) => state !== 'received' && state !== 'working');
    if (ready.length >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the submissions were not marked');
}
