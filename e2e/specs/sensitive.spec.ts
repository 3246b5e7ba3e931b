// A photo of a sensitive label is blurred wherever it appears, and shown to whoever asks for it.
import type { Page } from '@playwright/test';
import { expect, test } from '../test.ts';

/** As the window asks the engine: over a port in the desktop app, over HTTP in a browser. */
async function ask<Answer>(app: Page, procedure: string, input: unknown): Promise<Answer> {
  return app.evaluate(
    async ([path, json]) => {
      const { semblance } = window as unknown as { semblance?: { connect(): void } };
      if (semblance !== undefined) {
        const port = await new Promise<MessagePort>((done) => {
          const onMessage = ({ ports: [given] }: MessageEvent): void => {
            if (given === undefined) return;
            window.removeEventListener('message', onMessage);
            done(given);
          };
          window.addEventListener('message', onMessage);
          semblance.connect();
        });
        return new Promise((done, fail) => {
          port.onmessage = ({ data }) => {
            const { p } = JSON.parse(data);
            port.close();
            if (p.s === undefined) done(p.b.json);
            else fail(new Error(`${path}: ${p.s} ${JSON.stringify(p.b)}`));
          };
          port.postMessage(JSON.stringify({ i: '1', p: { u: `/${path}`, b: { json } } }));
        });
      }
      const response = await fetch(`/rpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ json }),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()).json;
    },
    [procedure, input] as const,
  );
}

test('a sensitive photo is blurred in the grid, a search, an album’s cover and the lightbox, until asked for', async ({
  app,
  host,
}) => {
  await app.getByRole('button', { name: host.addFolder.en }).click();
  const tiles = app.getByTestId('photo-tile');
  await expect(tiles.first()).toBeVisible();
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
  const id = (await tiles.first().getAttribute('data-photo-id')) ?? '';
  const { label } = await ask<{ label: { id: number } }>(app, 'labels/create', {
    draft: { name: 'Private', sensitive: true },
  });
  await ask(app, 'labels/answer', { decisions: [{ labelId: label.id, photoId: id, verdict: 'yes' }] });
  await ask(app, 'albums/create', { name: 'Mine', photos: { kind: 'photos', ids: [id] } });

  const tile = app.locator(`[data-testid="photo-tile"][data-photo-id="${id}"]`);
  const veiled = tile.locator('img[data-veiled]');
  await expect(veiled).toBeVisible();
  expect(await veiled.evaluate((img) => getComputedStyle(img).filter)).toContain('blur');
  await expect(tiles.locator('img[data-veiled]')).toHaveCount(1);
  await app.reload();
  const cover = app.getByRole('button', { name: /^Mine/ }).locator('img');
  await expect(cover).toHaveAttribute('data-veiled', 'true');

  await app.getByRole('searchbox').fill('label:private');
  await expect(tiles).toHaveCount(1);
  await expect(veiled).toBeVisible();
  await tile.click();
  const lightbox = app.getByTestId('lightbox');
  const slide = lightbox.locator(`[data-photo-id="${id}"]`);
  await expect(slide).toHaveAttribute('data-veiled', 'true');
  // Not even fetched.
  await expect(slide.locator('img[data-layer="full"]')).toHaveCount(0);
  await lightbox.getByRole('button', { name: 'Show this photo' }).click();
  await expect(slide).not.toHaveAttribute('data-veiled', /./);
  await expect(slide.locator('img[data-layer="full"]')).toBeVisible();
  // The keys of the viewer still work: the button that is gone took no focus with it.
  await app.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(veiled).toHaveCount(0);
  await expect(cover).not.toHaveAttribute('data-veiled', /./);

  // One Escape ends the search, another leaves the box, and nothing of it stays over the photos.
  const box = app.getByRole('searchbox');
  await box.focus();
  await box.press('Escape');
  await expect(box).toHaveValue('');
  await expect(app.getByRole('listbox')).toHaveCount(0);
  await box.press('Escape');
  await expect(app.getByRole('listbox')).toHaveCount(0);
});
