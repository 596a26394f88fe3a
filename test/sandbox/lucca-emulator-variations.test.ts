import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTenant, type Tenant } from './lucca-emulator-fixture.ts';

let tenant: Tenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.lucca.close());

describe('what bodies refer to', () => {
  const families = ['departments', 'legal-entities', 'business-establishments', 'employment-templates'];
  const clients = {
    ours: { secret: 's', scopes: ['job-positions.readonly', ...families.map((it) => `${it}.readonly`)] },
  };

  it.each([
    ['/departments', 'department', ['6001']],
    ['/departments?search=YARD', 'department', ['6001']],
    ['/departments?isArchived=true', 'department', []],
    ['/legal-entities?countryCode=FRA', 'legal-entity', ['910001']],
    ['/business-establishments?legalEntity.id=910001', 'business-establishment', ['920001']],
    ['/employment-templates', 'employment-template', ['930001']],
  ])('can be listed: %s', async (path, type, ids) => {
    const organised = await startTenant({ clients });
    try {
      const { items } = await organised.read(path);
      expect(items.map((it) => it.id)).toEqual(ids);
      for (const { id } of items) {
        expect(await organised.read(`${path.split('?')[0]}/${id}`)).toMatchObject({ id, type });
      }
    } finally {
      await organised.lucca.close();
    }
  });

  it('is embedded whole, and takes a scope of its own to be read', async () => {
    const { embedded } = await tenant.read('/job-positions/3001?include=embedded');
    expect(embedded).toMatchObject({ department: { 6001: { id: '6001', name: 'Yard 6001', level: 1, parent: null } } });
    expect((await tenant.get('/departments')).status).toBe(403);
  });

  it('is archived or not, where professions are', async () => {
    tenant.lucca.data.professions.push({ id: '42', title: 'Miller', isArchived: true, titles: {} });
    expect(await tenant.idsOf('/professions')).toEqual(['41', '42']);
    expect(await tenant.idsOf('/professions?isArchived=true')).toEqual(['42']);
    expect(await tenant.idsOf('/professions?isArchived=false')).toEqual(['41']);
    expect((await tenant.get('/professions?isArchived=perhaps')).status).toBe(400);
  });
});

describe('knobs', () => {
  it.each([
    ['empty', {}],
    ['null', null],
  ] as const)('say how nothing applies: %s', async (noApplicable, expected) => {
    tenant.lucca.knobs.noApplicable = noApplicable;
    expect(await tenant.read('/employees/1010')).toHaveProperty('applicableEmployment', expected);
  });

  it('touch one row of a list', async () => {
    tenant.lucca.knobs.variation = 'an item that is null';
    const { items } = JSON.parse(await (await tenant.get('/employees?sort=id')).text());
    expect(items.map((it: unknown) => it === null)).toEqual([false, true, false, false, false]);
  });

  it('hold a client to the cursor as it is written', async () => {
    tenant.lucca.knobs.variation = 'a cursor with + / and = as they are';
    const href = (await tenant.read('/employees?limit=1&include=links')).links?.next?.href ?? '';
    expect(href.endsWith('+/=')).toBe(true);
    expect((await tenant.get(href)).status).toBe(200);
    expect((await tenant.get(href.replace('+', '%20'))).status).toBe(400);
  });

  it('write bodies in other codings, with a mark before them', async () => {
    for (const compress of ['deflate', 'raw-deflate'] as const) {
      Object.assign(tenant.lucca.knobs, { compress, byteOrderMark: true });
      const response = await tenant.get('/professions');
      expect(response.headers.get('content-encoding')).toBe('deflate');
      expect(Buffer.from(await response.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    }
  });

  it('tell the lifetime of a token otherwise', async () => {
    const form = { grant_type: 'client_credentials', client_id: 'ours', client_secret: 's' };
    const told: unknown[] = [];
    for (const expiresIn of ['number', 'text', 'absent', 'zero'] as const) {
      tenant.lucca.knobs.expiresIn = expiresIn;
      told.push(JSON.parse(await (await tenant.postToken(form)).text()).expires_in);
    }
    expect(told).toEqual([1800, '1800', undefined, 0]);
  });

  it('write errors otherwise', async () => {
    tenant.lucca.knobs.errorBody = 'details';
    expect(await (await tenant.get('/professions/9')).json()).toHaveProperty('details');
    tenant.lucca.knobs.errorBody = 'page';
    expect(await (await tenant.get('/professions/9')).text()).toContain('<html>');
  });
});
