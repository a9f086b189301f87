import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { text } from 'node:stream/consumers';
import { strToU8, zipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { choose, person } from './choosing.js';
import { handInAs } from './class.js';
import { startServer, type Server } from './server.js';
import { INSTRUCTOR, LEARNER, startLearningPlatform } from '../api/support/learning-platform.js';
import { dropFiles } from './dropping.js';
import { openBrowser, picture, signInAs, visit } from './visitor.js';

let server: Server;
let browser: Browser;
beforeAll(async () => {
  server = await startServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('people', () => {
  it('are-added-given-another-role-and-erased-by-an-examiner', async () => {
    const one = await visit(browser, server, { viewport: { width: 1100, height: 800 } });
    const { page } = one;
    await signInAs(one, 'examiner');
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();

    await page.getByRole('button', { name: 'Add somebody' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Grace Hopper');
    await page.getByLabel('Email').fill('grace@example.org');
    await page.getByLabel('Student number').fill('N-1906');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('Grace Hopper has an account').waitFor();
    const password = (await page.getByRole('dialog').locator('p').nth(1).textContent()) ?? '';
    expect(password.length).toBeGreaterThanOrEqual(20);
    await page.getByRole('button', { name: 'Done' }).click();

    await page.getByLabel('Find by name, address or number').fill('1906');
    await page.getByText('1 account', { exact: true }).waitFor();
    await page.getByLabel('Role of Grace Hopper').selectOption('marker');
    await page.getByText('Grace Hopper has the role of marker now').waitFor();
    await page.getByLabel('Find by name, address or number').fill('');
    await picture(one, 'people');
    await page.getByLabel('Find by name, address or number').fill('1906');

    await page.getByRole('button', { name: 'Erase Grace Hopper …' }).click();
    const erase = page.getByRole('button', { name: 'Erase for good' });
    await page.getByLabel('Reason').fill('Left the course.');
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel(/Type the address/).fill('grace@example.org');
    await picture(one, 'erase');
    await erase.click();
    await page.getByText('Erased, with 0 submissions').waitFor();
    await page.getByText('Nobody is called that here').waitFor();
    await page.getByLabel('Find by name, address or number').fill('');
    await page.getByText('3 accounts', { exact: true }).waitFor();
    expect(one.complaints).toEqual([]);
    await one.context.close();
  });

  it('come-from-a-file-after-a-preview-with-passwords-shown-once', async () => {
    const one = await visit(browser, server, { viewport: { width: 1100, height: 800 } });
    const { page } = one;
    await signInAs(one, 'examiner');
    await page.goto('/people');
    await page.getByRole('button', { name: 'Import' }).click();
    const file = [
      'Name;E-Mail;Role;Student number',
      'Ida Rhodes;ida@example.org;;N-1900',
      'Nobody;nobody@example.org;boss;',
      'Kim Newname;marker@demonstration.example;Marker;',
    ];
    await page.locator('input[type="file"]').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`\ufeff${file.join('\r\n')}\r\n`),
    });
    await page.getByText('Accounts: 1 new, 1 changed, 0 unchanged, 1 row wrong and left out.').waitFor();
    const wrong = page.getByRole('list', { name: 'Wrong rows' });
    expect(await wrong.textContent()).toBe(
      'Row 3, column “Role”"boss" is no role. Roles are student, marker, examiner.',
    );
    await page.getByText('name: Kim Marker → Kim Newname').waitFor();
    await picture(one, 'import-people');
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText('1 account made, 1 account changed').waitFor();
    // Nothing closes it before the passwords are saved.
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save 1 password' }).click();
    const lines = (await text(await (await saving).createReadStream())).split('\r\n');
    const password = /^"Ida Rhodes","ida@example\.org","([\w-]{20})"$/.exec(lines[1] ?? '')?.[1] ?? '';
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('4 accounts', { exact: true }).waitFor();
    expect(one.complaints).toEqual([]);

    // The same browser, whose storage is cleared: the session is still there.
    await page.evaluate('localStorage.clear()');
    await page.goto('/people');
    await page.getByText('4 accounts', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Email').fill('ida@example.org');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Your exams' }).waitFor();
    expect(one.complaints).toEqual([]);
    await one.context.close();
    await server.query(`UPDATE users SET name = 'Kim Marker' WHERE email = 'marker@demonstration.example'`);
  });

  it('an-examiner-says-whom-a-marker-must-not-mark-and-takes-it-back', async () => {
    const one = await visit(browser, server, { viewport: { width: 1100, height: 800 } });
    const { page } = one;
    await signInAs(one, 'examiner');
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('button', { name: 'Declare a conflict …' }).click();
    await choose(page, person(page, 'Who must not mark'));
    await choose(page, person(page, 'Whose work'), 'robin');
    await page.getByLabel('Reason').fill('They are siblings.');
    await page.getByRole('button', { name: 'Declare', exact: true }).click();
    const standing = page.getByRole('list', { name: 'Conflicts of interest' });
    await standing.getByText('They are siblings.').waitFor();
    expect(await standing.getByRole('listitem').count()).toBe(1);
    await standing.scrollIntoViewIfNeeded();
    await picture(one, 'conflicts');
    await standing.getByRole('button', { name: /^Withdraw/ }).click();
    await page.getByLabel('Reason').fill('Another of that name.');
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await standing.waitFor({ state: 'detached' });
    expect(one.complaints).toEqual([]);
    await one.context.close();
  });

  it('an-exam-is-kept-to-its-team-and-opened-again', async () => {
    const one = await visit(browser, server, { viewport: { width: 1100, height: 800 } });
    const { page } = one;
    await signInAs(one, 'examiner');
    await page.goto('/examining/demonstration');
    await page.getByText('Open to all markers and examiners here.').waitFor();
    await page.getByRole('button', { name: 'Name somebody …' }).press('Enter');
    await page.getByLabel('Name or email').fill('marker@demonstration.example');
    await page.getByLabel('Name or email').press('Enter');
    const team = page.getByRole('list', { name: 'Team' });
    await team.getByText('marker@demonstration.example').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await team.getByRole('listitem').count()).toBe(2);
    await picture(one, 'team');
    await team.getByRole('listitem').filter({ hasText: '(you)' }).getByRole('button').click();
    await team.getByText('Name another examiner first').waitFor();
    await team.getByRole('listitem').filter({ hasText: 'marker@' }).getByRole('button').click();
    await team.getByText('marker@demonstration.example').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Open to everybody …' }).click();
    await page.getByRole('button', { name: 'Open to everybody', exact: true }).click();
    await page.getByText('Open to all markers and examiners here.').waitFor();
    // A refusal is told, and is in the browser's log too.
    expect(one.complaints.filter((said) => !said.includes('422'))).toEqual([]);
    await one.context.close();
  });

  it('an-examiner-hands-in-for-a-cohort-and-says-whose-is-whose', async () => {
    const one = await visit(browser, server, { viewport: { width: 1200, height: 1000 } });
    const { page } = one;
    await signInAs(one, 'examiner');
    await page.goto('/examining/demonstration');
    await page.getByRole('link', { name: 'Hand in for a cohort' }).click();
    await dropFiles(page.getByText('Drop the ZIP here, or'), { 'answers.pdf': '%PDF-1.7\n' });
    await page
      .getByText(/This is a PDF and no ZIP archive/)
      .first()
      .waitFor();
    // The browser tells of every answer that refuses.
    one.complaints.splice(0);
    await page.getByLabel('The archive of a cohort').setInputFiles({
      name: 'submissions.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(
        zipSync({
          'Somebody Unknown_21_assignsubmission_file_/answers.md': strToU8('Question 1: 42'),
          'Somebody Unknown_21_assignsubmission_file_/net.py': strToU8('import torch'),
          'Other Unknown_22_assignsubmission_file_/answers.md': strToU8('Question 1: 43'),
          'Third Unknown_23_assignsubmission_file_/tool.md': strToU8(''),
        }),
      ),
    });
    await page.getByRole('heading', { name: '3 rows, as Moodle packs them' }).waitFor();
    // On a phone nothing of a row lies beside the screen.
    await page.setViewportSize({ width: 360, height: 740 });
    const beside = `(() => { const { scrollWidth, clientWidth } = document.querySelector('[aria-label="Rows of the archive"]'); return scrollWidth - clientWidth; })()`;
    expect(await page.evaluate<number>(beside)).toBeLessThanOrEqual(1);
    await page.setViewportSize({ width: 1200, height: 1000 });
    expect(await page.getByRole('button', { name: 'Hand in for 0 students' }).isDisabled()).toBe(true);
    await choose(page, person(page, 'Whose is Somebody Unknown'), 'robin');
    await choose(page, person(page, 'Whose is Other Unknown'), 'robin');
    await page.getByText('A student is chosen twice').waitFor();
    await choose(page, person(page, 'Whose is Other Unknown'), 'leave it out');
    await picture(one, 'cohort', { fullPage: true });
    await page.getByRole('button', { name: 'Hand in for 1 student' }).click();
    await page.getByText('1 handed in', { exact: true }).waitFor();
    await page.getByText(/Handed in as attempt 1, receipt TM-/).waitFor();
    expect(one.complaints).toEqual([]);
    await one.context.close();
  });

  it('come-from-their-course-and-whoever-has-an-account-connects-it', async () => {
    const platform = await startLearningPlatform(() => `${server.url}/api/v1/lti/keys`);
    const examiner = await visit(browser, server, { viewport: { width: 1100, height: 800 } });
    await signInAs(examiner, 'examiner');
    await examiner.page.goto('/people');
    await examiner.page.getByRole('link', { name: 'Learning platforms' }).click();
    await examiner.page.getByRole('button', { name: 'Add a platform' }).click();
    const { issuer, clientId, authorizationUrl, tokenUrl, keysUrl } = platform.registration;
    for (const [label, value] of [
      ['Name, as people call it', 'Example Moodle'],
      ['Issuer (platform id)', issuer],
      ['Client id', clientId],
      ['Authentication request URL', authorizationUrl],
      ['Access token URL', tokenUrl],
      ['Public keyset URL', keysUrl],
    ] as const)
      await examiner.page.getByRole('textbox', { name: label }).fill(value);
    await examiner.page.getByRole('button', { name: 'Add the platform' }).click();
    await examiner.page.getByText(`${issuer}, client ${clientId}`).waitFor();

    const login = new URLSearchParams({ iss: issuer, login_hint: 'x', target_link_uri: server.url });
    const course = `/api/v1/lti/login?${login.toString()}`;
    platform.comes = { user_id: 'p-9', name: 'Prof. E.', email: 'e@example.org', roles: [INSTRUCTOR] };
    await examiner.page.goto(course);
    await examiner.page.getByText('where you are called Prof. E.').waitFor();
    await picture(examiner, 'connect-platform');
    await examiner.page.getByRole('button', { name: 'Both are me: connect them' }).click();
    await examiner.page.getByLabel('Exam', { exact: true }).selectOption({ index: 1 });
    await picture(examiner, 'choose-exam');
    await examiner.page.getByRole('button', { name: 'Lead there' }).click();
    await examiner.page.getByRole('heading', { name: 'Courses' }).waitFor();
    await examiner.page.getByText('It has 0 released grades').waitFor();
    platform.members.push({ user_id: 'p-2', name: 'Nora N.', email: 'nora@example.org', roles: [LEARNER] });
    await examiner.page.getByRole('button', { name: 'Roster of Deep Learning 101 …' }).click();
    await examiner.page.getByText('Nora N. (nora@example.org)').waitFor();
    await picture(examiner, 'roster');
    await examiner.page.getByRole('button', { name: 'Expect them in this exam' }).click();
    await examiner.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(examiner.complaints).toEqual([]);

    const student = await visit(browser, server);
    platform.comes = { user_id: 'p-2', name: 'Nora N.', email: 'nora@example.org', roles: [LEARNER] };
    await student.page.goto(course);
    await student.page.getByRole('button', { name: 'Account of Nora N.' }).waitFor();
    expect(new URL(student.page.url()).pathname).toMatch(/^\/exams\/./);
    platform.next = { forged: true };
    await student.page.goto(course);
    await student.page.getByText('could not be verified').waitFor();
    expect(student.complaints).toEqual([]);
    await Promise.all([examiner.context.close(), student.context.close(), platform.close()]);
  });

  it('a-file-of-ten-thousand-rows-that-cannot-be-taken-says-how-many-are-not-shown', async () => {
    const one = await visit(browser, server, { viewport: { width: 1100, height: 800 } });
    const { page } = one;
    await signInAs(one, 'examiner');
    await handInAs(server, one, 'demonstration', { 'Rhea Rows': '# Question 1\n\nNothing.\n' });
    const report = await one.context.request.get('/api/v1/exams/demonstration/grade-report?format=csv');
    const [head = '', ...rows] = (await report.text()).split(/\r?\n/);
    const row = rows.find((each) => each.includes('Rhea Rows')) ?? '';
    await page.goto('/examining/demonstration');
    await page.getByRole('button', { name: 'Import' }).click();
    const chosen = page.waitForEvent('filechooser');
    await page.getByLabel('File of grades').click();
    await (
      await chosen
    ).setFiles({
      name: 'grades.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([head, ...Array.from({ length: 10_000 }, () => row)].join('\n')),
    });
    await page.getByText('9999 rows cannot be taken').waitFor();
    await page.getByText('And 9499 more.').waitFor();
    expect(await page.getByRole('button', { name: 'Set 0 marks' }).isDisabled()).toBe(true);
    expect(one.complaints).toEqual([]);
    await one.context.close();
  });
});
