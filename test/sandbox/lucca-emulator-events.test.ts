import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { type LuccaEmulator, startLuccaEmulator } from '../../src/sandbox/lucca/lucca-emulator.ts';

let lucca: LuccaEmulator;
beforeEach(async () => {
  const client = { secret: 'a-secret', scopes: ['events.readonly', 'employees.readonly'] };
  lucca = await startLuccaEmulator({ data: createCompany({ people: 200 }).lucca, clients: { reader: client } });
});
afterEach(() => lucca.close());

const page = z.object({
  type: z.literal('events'),
  items: z.array(
    z.object({
      id: z.string(),
      type: z.literal('event'),
      apiVersion: z.iso.date(),
      topic: z.string(),
      occurredAt: z.iso.datetime(),
      data: z.looseObject({ id: z.string() }),
    }),
  ),
  links: z.object({ next: z.object({ href: z.string() }).nullable() }),
});

async function read(scope: string, address = `${lucca.baseUrl}/events?include=links&limit=100`) {
  const form = { grant_type: 'client_credentials', client_id: 'reader', client_secret: 'a-secret', scope };
  const granted = await fetch(lucca.tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token } = z.object({ access_token: z.string() }).parse(await granted.json());
  return fetch(address, {
    headers: { authorization: `Bearer ${access_token}`, 'api-version': '2024-11-01' },
  });
}

describe('the event log', () => {
  it('takes its own scope', async () => {
    expect((await read('employees.readonly')).status).toBe(403);
    expect((await read('events.readonly')).status).toBe(200);
  });

  it.each(['oldest first', 'newest first'] as const)('is paged, %s', async (eventOrder) => {
    lucca.knobs.eventOrder = eventOrder;
    const first = page.parse(await (await read('events.readonly')).json());
    const second = page.parse(await (await read('events.readonly', first.links.next?.href)).json());
    const times = [...first.items, ...second.items].map(({ occurredAt }) => Date.parse(occurredAt));
    expect([first.items.length, second.items.length]).toEqual([100, 50]);
    expect(times).toEqual(times.toSorted((a, b) => (eventOrder === 'oldest first' ? a - b : b - a)));
    expect(Math.min(...times)).toBeGreaterThan(Date.now() - 61 * 86_400_000);
  });
});
