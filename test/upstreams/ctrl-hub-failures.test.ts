import { describe, expect, it } from 'vitest';
import { internalError } from '../../src/sandbox/ctrl-hub/problems.ts';
import { failureOf, failureOn, onStage, roleId, userId } from './ctrl-hub-fixture.ts';
import type { CtrlHubRows } from './whole-lists.ts';

const readPage = (client: CtrlHubRows) => client.assignments();

describe('a failure of Ctrl Hub', () => {
  it('for an expired session names the setting to renew, and is not repeated', () =>
    onStage({}, async ({ ctrlHub, client, monitor }) => {
      ctrlHub.expireSessions();
      const error = await failureOf(client.members());
      expect(error).toMatchObject({
        code: 'UPSTREAM_AUTH_FAILED',
        upstream: 'CTRL_HUB',
        status: 401,
        isTransient: false,
        traceId: expect.stringMatching(/^[\da-f-]{36}$/),
        message:
          'Expected the member list from Ctrl Hub, got HTTP 401 "Unauthorized": the session token is missing or ' +
          'expired. Sign in to Ctrl Hub again and renew CTRL_HUB_SESSION_TOKEN.',
      });
      expect(ctrlHub.requests).toHaveLength(1);
      expect(monitor.health).toBe('DOWN');
    }));

  it.each([
    [403, 'UPSTREAM_AUTH_FAILED', false],
    [408, 'UPSTREAM_TIMEOUT', true],
    [504, 'UPSTREAM_TIMEOUT', true],
    [500, 'UPSTREAM_UNAVAILABLE', true],
    [502, 'UPSTREAM_UNAVAILABLE', true],
    [503, 'UPSTREAM_UNAVAILABLE', true],
    [302, 'UPSTREAM_INVALID_RESPONSE', false],
    [304, 'UPSTREAM_INVALID_RESPONSE', false],
    [204, 'UPSTREAM_INVALID_RESPONSE', false],
    [400, 'UPSTREAM_INVALID_RESPONSE', false],
    [404, 'UPSTREAM_INVALID_RESPONSE', false],
    [412, 'UPSTREAM_INVALID_RESPONSE', false],
    [431, 'UPSTREAM_INVALID_RESPONSE', false],
  ])('with HTTP %i is %s (transient: %s)', async (status, code, isTransient) => {
    const reply = { status, headers: { location: 'http://127.0.0.1:9/', 'x-trace-id': 'trace-1' } };
    const error = await failureOn(reply, readPage);
    expect(error).toMatchObject({ code, status, isTransient, traceId: 'trace-1' });
    expect(error.message).toContain(`Expected the assignment list from Ctrl Hub, got HTTP ${status}`);
  });

  it('with HTTP 429 tells when to come back', async () => {
    const error = await failureOn({ status: 429, headers: { 'retry-after': '120' } }, readPage);
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 120, isTransient: true });
  });

  it('that passes is not seen: an empty 500 and a cut connection are asked again', () =>
    onStage({}, async ({ ctrlHub, client, monitor }) => {
      ctrlHub.inject({ reply: internalError() });
      ctrlHub.inject({ cut: 'after' });
      expect((await readPage(client)).rows).toHaveLength(10);
      expect(ctrlHub.requests).toHaveLength(3);
      expect(monitor.health).toBe('UP');
    }));

  const parameterError = { status: '400', title: 'Invalid parameter', source: { parameter: 'filter' } };
  it.each([
    ['in errors[]', { errors: [parameterError, 5], jsonapi: { version: '1.0' }, meta: {} }],
    ['as a bare error object', parameterError],
  ])('over the filter says which dialect setting to try, told %s', async (_, body) => {
    const error = await failureOn({ status: 400, body }, readPage);
    expect(error.message).toBe(
      'Expected the assignment list from Ctrl Hub, got HTTP 400 "Invalid parameter" (parameter filter): ' +
        'it may want the other CTRL_HUB_FILTER_DIALECT.',
    );
  });

  it('over the filter is what a server of the other dialect answers', () =>
    onStage({ knobs: { dialects: ['operator'] } }, async ({ lists }) => {
      const assignment = { userId: userId(1), roleId: roleId(1), type: null };
      const error = await failureOf(lists.createAssignment(assignment));
      expect(error.message).toContain('CTRL_HUB_FILTER_DIALECT');
      expect(error.message).not.toContain(userId(1));
    }));

  it.each([
    ['<html><body>Bad gateway</body></html>'],
    ['{"errors": []}'],
    ['{"errors": [null]}'],
    ['{"errors": {"title": 3}}'],
    ['[]'],
    ['null'],
    [''],
    ['{"title": "Session of mina@kerguelen.example is gone", "status": "400"}'],
    [`{"errors": [{"title": "${userId(3)} is unknown", "source": {"parameter": "${userId(3)}"}}]}`],
  ])('with a body that cannot be quoted is told without it: %s', async (body) => {
    const error = await failureOn({ status: 400, body }, readPage);
    expect(error.message).toBe('Expected the assignment list from Ctrl Hub, got HTTP 400.');
  });

  it('never tells the token or the filter', () =>
    onStage({ config: { sessionToken: 'ory_st_very-secret' } }, async ({ lists }) => {
      const assignment = { userId: userId(1), roleId: roleId(1), type: null };
      const error = await failureOf(lists.createAssignment(assignment));
      expect(error.code).toBe('UPSTREAM_AUTH_FAILED');
      expect(JSON.stringify(error) + error.message).not.toMatch(/very-secret|1b1b1b1b/);
    }));
});
