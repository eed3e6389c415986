// The administration in a real browser before a real centre: a change of the configuration is checked at its field, shown as
// a difference, put in force with a reason and by keyboard alone; the document goes out and comes in as a file; accounts
// and tokens are made. Every state in both languages, narrow and large.

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, type Person, SUPERVISOR } from '../support/browser.ts';
import { axeViolations, lost, tabTo, withTextAt } from '../support/browser-checks.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

/** A sound as Asterisk plays it. */
const OWN = readFileSync(new URL('../../prompts/en/greeting.welcome.wav', import.meta.url));

let desks: Desks;
const ADMIN: Person = { name: 'Aline', roles: ['admin'] };

beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie', 'benoit'] });
});
afterAll(() => desks.close());
afterEach(async () => {
  const complaints = desks.complained();
  await desks.closePages();
  expect(complaints).toEqual([]);
});

const WORDS = {
  en: {
    same: 'What is shown is in force.',
    capacity: 'Capacity (places)',
    wrongType: '"many" has the wrong type; give a whole number',
    oneChange: '1 change is not in force yet.',
    review: 'Review and put in force…',
    changes: 'What changes',
    why: 'Why',
    act: 'Put in force',
    history: 'Changes of the configuration',
    draft: 'Draft',
    importFile: 'Import a file into the draft',
    exportFile: 'Export what is in force',
    discard: 'Discard the draft',
    addAccount: 'Add an account…',
    name: 'Name',
    role: 'analyst',
    password: 'Password',
    short: 'A password has 12 to 256 characters.',
    doAdd: 'Add the account',
    addToken: 'Make a token…',
    purpose: 'What it is for',
    makeToken: 'Make the token',
    once: 'Shown this once',
    kept: 'I have kept it',
    end: /^End the token/,
    doEnd: 'End the token',
    stop: 'Stop',
    listen: /^Listen/,
    replace: /^Replace/,
    sayIt: 'Say it this way',
    said: 'What is said',
    noFile: 'Choose a sound for at least one language.',
    silence: /Callers would hear silence/,
    otherOnly: 'replaced in the other language only',
    takeBack: /^Take back/,
  },
  fr: {
    same: 'Ce qui est affiché est en vigueur.',
    capacity: 'Capacité (places)',
    wrongType: '"many" n’est pas du bon type; donnez un nombre entier',
    oneChange: '1 modification n’est pas encore en vigueur.',
    review: 'Revoir et mettre en vigueur…',
    changes: 'Ce qui change',
    why: 'Motif',
    act: 'Mettre en vigueur',
    history: 'Modifications de la configuration',
    draft: 'Brouillon',
    importFile: 'Importer un fichier dans le brouillon',
    exportFile: 'Exporter ce qui est en vigueur',
    discard: 'Abandonner le brouillon',
    addAccount: 'Ajouter un compte…',
    name: 'Nom',
    role: 'analyse',
    password: 'Mot de passe',
    short: 'Un mot de passe a de 12 à 256 caractères.',
    doAdd: 'Ajouter le compte',
    addToken: 'Créer un jeton…',
    purpose: 'À quoi il sert',
    makeToken: 'Créer le jeton',
    once: 'Affiché une seule fois',
    kept: 'Je l’ai conservé',
    end: /^Mettre fin au jeton/,
    doEnd: 'Mettre fin au jeton',
    stop: 'Arrêter',
    listen: /^Écouter/,
    replace: /^Remplacer/,
    sayIt: 'Dire ainsi',
    said: 'Ce qui est dit',
    noFile: 'Choisissez un son pour au moins une langue.',
    silence: /Les appelants entendraient du silence/,
    otherOnly: 'remplacé dans l’autre langue seulement',
    takeBack: /^Reprendre l’original/,
  },
} as const;

for (const language of ['en', 'fr'] as const) {
  describe(language, () => {
    const words = WORDS[language];
    const open = (section: string) => desks.page(ADMIN, `/admin#${section}`, { language });

    test('a change is checked at its field, compared, and put in force with a reason, by keyboard alone', async () => {
      const page = await open('lines');
      await page.getByText(words.same).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await tabTo(page, words.capacity);
      await page.keyboard.type('many');
      await page.locator('.field-fault', { hasText: words.wrongType }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('ControlOrMeta+A');
      const places = language === 'en' ? '41' : '42';
      await page.keyboard.type(places);
      await page.getByText(words.oneChange).waitFor();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await tabTo(page, words.review);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: words.changes });
      await dialog.locator('.yaml-difference ins', { hasText: `capacity: ${places}` }).waitFor();
      await dialog.locator('ins', { hasText: new RegExp(`^${places}$`) }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      // Without a reason nothing is put in force.
      await page.keyboard.press('Enter');
      await dialog.locator('.field-fault', { hasText: /\w/ }).waitFor();
      const because = `more agents (${language})`;
      await page.keyboard.type(because);
      await page.keyboard.press('Enter');
      await desks.stage.story.until(
        'centre.configured',
        (f) => f.v === 2 && f.because === because && f.by !== '',
      );
      await page.getByText(words.same).waitFor();
      expect(await page.getByLabel(words.capacity).inputValue()).toBe(places);
      await page.goto(`/${language}/admin#history`);
      await page.getByRole('cell', { name: because }).waitFor();
      await page.getByRole('cell', { name: ADMIN.name }).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
    });

    test('the document goes out as a file and comes in as one, comments and all', async () => {
      const page = await open('yaml');
      const text = page.getByLabel(words.draft, { exact: true });
      const before = await text.inputValue();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByText(words.exportFile).click(),
      ]);
      expect(readFileSync(await download.path(), 'utf8')).toBe(before);
      const changed = `# by hand, ${language}\n${before}`.replace(/attempts: 2/, 'attempts: 3');
      const file = { name: 'centre.yaml', mimeType: 'application/yaml', buffer: Buffer.from(changed) };
      await page.getByLabel(words.importFile).setInputFiles(file);
      await page.getByText(words.oneChange).waitFor();
      expect(await text.inputValue()).toBe(changed);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByLabel(words.importFile).setInputFiles({ ...file, buffer: Buffer.from('lines: [') });
      await page.locator('.mistakes li').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: words.discard }).click();
      await page.getByText(words.same).waitFor();
      expect(await text.inputValue()).toBe(before);
    });

    test('an account is made, and a mistake in it is one line', async () => {
      const page = await open('accounts');
      const name = `Nadia.${language}`;
      await page.getByRole('cell', { name: 'active' }).or(page.getByText('actif')).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: words.addAccount }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(words.name).fill(name);
      await dialog.getByText(words.role, { exact: true }).click();
      await dialog.getByLabel(words.password).fill('short');
      await dialog.getByRole('button', { name: words.doAdd }).click();
      await dialog.getByRole('alert').getByText(words.short).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByLabel(words.password).fill('a sentence that is long enough');
      await dialog.getByRole('button', { name: words.doAdd }).click();
      await page.getByRole('rowheader', { name }).waitFor();
    });

    test('a token is shown once, works, and is ended', async () => {
      const page = await open('tokens');
      await page.getByRole('button', { name: words.addToken }).click();
      await page.getByRole('dialog').getByLabel(words.purpose).fill(`wallboard ${language}`);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: words.makeToken }).click();
      const shown = page.getByRole('alertdialog', { name: words.once });
      const secret = await shown.locator('.secret').innerText();
      expect(await axeViolations(page)).toEqual([]);
      const asked = () =>
        fetch(`${desks.url}/api/v1/stand`, { headers: { authorization: `Bearer ${secret}` } });
      expect((await asked()).status).toBe(200);
      await shown.getByRole('button', { name: words.kept }).click();
      await shown.waitFor({ state: 'detached' });
      expect(await page.content()).not.toContain(secret);
      await page.getByRole('button', { name: words.end }).first().click();
      const ending = page.getByRole('alertdialog', { name: words.end });
      await ending.getByRole('button', { name: words.doEnd }).click();
      await ending.waitFor({ state: 'detached' });
      expect((await asked()).status).toBe(401);
    });

    test('a prompt is listened to in both languages, side by side', async () => {
      const page = await open('prompts');
      const row = page.getByRole('row', { name: /greeting\.welcome/ });
      await row.locator('[lang="en"]').first().waitFor();
      await row.locator('[lang="fr"]').first().waitFor();
      const sounds = page.waitForResponse(/\/api\/v1\/prompts\/fr\/greeting\.welcome/);
      await row.getByRole('button', { name: words.listen }).last().click();
      expect((await sounds).headers()['content-type']).toBe('audio/wav');
      await row.getByRole('button', { name: words.stop }).click();
      expect(await axeViolations(page)).toEqual([]);
    });

    test('a phrase is replaced by the owners’ own in one language, then in both, and taken back', async () => {
      const page = await open('prompts');
      const row = page.getByRole('row', { name: /menu\.silence/ });
      await row.getByRole('button', { name: words.replace }).press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: words.sayIt }).click();
      await dialog.getByRole('alert').getByText(words.noFile).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      const [english, french] = [dialog.getByRole('group').nth(0), dialog.getByRole('group').nth(1)];
      const wave = (text: string | Buffer) => ({
        ...{ name: 'own.wav', mimeType: 'audio/wav', buffer: Buffer.from(text) },
      });
      await french.locator('input[type=file]').setInputFiles(wave('no sound'));
      await dialog.getByRole('button', { name: words.sayIt }).click();
      await dialog.getByRole('alert').getByText(words.silence).waitFor();
      await french.getByLabel(words.said).fill('<b>Nous n’avons rien entendu.</b>');
      await french.locator('input[type=file]').setInputFiles(wave(OWN));
      await dialog.getByRole('button', { name: words.sayIt }).click();
      await dialog.waitFor({ state: 'detached' });
      await row.getByText('<b>Nous n’avons rien entendu.</b>').waitFor();
      await row.getByText(words.otherOnly).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await row.getByRole('button', { name: words.replace }).press('Enter');
      await english.locator('input[type=file]').setInputFiles(wave(OWN));
      await dialog.getByRole('button', { name: words.sayIt }).click();
      await dialog.waitFor({ state: 'detached' });
      await row.getByText(words.otherOnly).waitFor({ state: 'detached' });
      const heard = await page.request.get('/api/v1/prompts/en/menu.silence');
      expect(await heard.body()).toEqual(OWN);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await lost(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      const backs = row.getByRole('button', { name: words.takeBack });
      await backs.first().click();
      await row.getByText(words.otherOnly).waitFor();
      await backs.first().click();
      await row.getByText(words.otherOnly).waitFor({ state: 'detached' });
      expect(await backs.count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    });

    test('narrow, and with text at 200 %, nothing is lost', async () => {
      for (const section of [
        'lines',
        'hours',
        'rules',
        'phases',
        'agents',
        'numbers',
        'webhooks',
        'yaml',
        'accounts',
        'tokens',
        'prompts',
      ]) {
        const page = await open(section);
        await page.getByRole('heading', { level: 2 }).last().waitFor();
        expect(await axeViolations(page), section).toEqual([]);
        expect(await withTextAt(page, 200, () => lost(page)), section).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await lost(page), section).toEqual([]);
        await page.context().close();
      }
    });
  });
}

test('who is no administrator is told so, and is given nothing', async () => {
  const page = await desks.page(SUPERVISOR, '/admin');
  await page.getByText('This page is for administrators.').waitFor();
  expect(await page.getByRole('navigation', { name: 'Sections' }).count()).toBe(0);
});

async function tokensInForce(): Promise<number> {
  let count = 0;
  for (let next: string | null = ''; next !== null; ) {
    const { value } = await desks.stage.ask('GET', `/api/v1/tokens${next === '' ? '' : `?after=${next}`}`);
    count += (value.tokens as unknown[]).length;
    next = (value.next as string | undefined) ?? null;
  }
  return count;
}

test('five hundred hostile texts: as a draft, a reason and the name of a token they stay text', async () => {
  const page = await desks.page(ADMIN, '/admin#yaml');
  const text = page.getByLabel('Draft', { exact: true });
  const before = await text.inputValue();
  // Each is checked by the centre as the whole of a draft; the page shows what it has against some of them.
  const statuses = await page.evaluate(async (texts) => {
    const { csrf } = (await (await fetch('/api/v1/sign-in')).json()) as { csrf: string };
    const asked = async (path: string, body: object) =>
      (
        await fetch(`/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-rappel-csrf': csrf },
          body: JSON.stringify(body),
        })
      ).status;
    const all: number[] = [];
    for (const one of texts) {
      all.push(await asked('/configuration/check', { yaml: one }));
      if (one.trim() !== '')
        all.push(await asked('/tokens', { name: one.slice(0, 100), scopes: ['read:stand'], days: 1 }));
    }
    return [...new Set(all)];
  }, HOSTILE_TEXTS as string[]);
  expect(statuses.filter((status) => ![200, 201, 400, 429].includes(status))).toEqual([]);
  for (const one of HOSTILE_TEXTS.filter((_one, i) => i % 40 === 0)) {
    await text.fill(
      `${before}\n# ${one.replace(/[\n\r\u2028\u2029\u0085]/g, ' ')}\n"${one.slice(0, 20)}": 1\n`,
    );
    await page.getByRole('status').waitFor();
  }
  await page.goto('/en/admin#tokens');
  const rows = page.getByRole('rowheader');
  const more = page.getByRole('button', { name: 'Show more' });
  await rows.first().waitFor();
  while ((await more.count()) === 1) {
    const shown = await rows.count();
    await more.click();
    await expect.poll(async () => (await rows.count()) > shown || (await more.count()) === 0).toBe(true);
  }
  expect(await rows.count()).toBeGreaterThan(90);
  expect(await rows.count()).toBe(await tokensInForce());
  expect(await page.locator('img, iframe, main script, main style').count()).toBe(0);
});
