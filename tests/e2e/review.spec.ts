import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from './app.ts';

test('a campaign is drawn, and a feed of it judged without a mouse', async () => {
  const app = await launchApp();
  const { page } = app;
  const flaws = async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  };
  try {
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    await page.getByRole('combobox', { name: 'Person' }).click();
    await page.getByRole('option', { name: 'Sam Okafor' }).click();
    await page.getByLabel('Passphrase of the key').fill('stateside sample');
    await page.getByRole('button', { name: 'Unlock for review' }).click();
    await expect(page.getByText('Sam Okafor (reviewer), key unlocked')).toBeVisible();
    await page.getByLabel('Name').fill('First look');
    await page.getByRole('button', { name: 'Draw 20 feeds' }).click();
    const campaign = page.getByRole('link', { name: 'First look' });
    await expect(campaign).toBeVisible();
    expect(await flaws()).toEqual([]);
    await campaign.click();
    await expect(page.getByText('Feed 1 of 20, 0 submitted by you')).toBeVisible();
    await page.keyboard.press('2');
    await expect(page.getByText('demote', { exact: true })).toHaveCount(1);
    await page.keyboard.press('1');
    await expect(page.getByText('fine', { exact: true })).toHaveCount(1);
    await page.keyboard.press('u');
    await expect(page.getByText('fine', { exact: true })).toHaveCount(0);
    await page.keyboard.press('9');
    await expect(page.getByRole('button', { name: 'not acceptable' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(await flaws()).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Feed 2 of 20, 1 submitted by you')).toBeVisible();
  } finally {
    await app.close();
  }
});
