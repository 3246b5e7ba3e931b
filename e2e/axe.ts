// Accessibility as axe-core sees it: no serious or critical violation of WCAG 2.1 A and AA, in either theme.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** Looks at the page as it is, in the dark and in the light theme (which must follow the system). */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    // Colours change by transitions that not every component leaves out.
    await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      const ends = document.getAnimations().flatMap((animation) => {
        const endless = animation.effect?.getTiming().iterations === Number.POSITIVE_INFINITY;
        return endless ? [] : animation.finished.catch(() => undefined);
      });
      await Promise.all(ends);
    });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
      );
    expect(grave, `${screen}, ${colorScheme}`).toEqual([]);
  }
}
