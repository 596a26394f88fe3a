import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRefusal } from '../../src/upstreams/naver/refusal.ts';

describe('the layer of an error body', () => {
  it.each([
    ['{"error":{"errorCode":"210","message":"M","details":"D"}}', { errorCode: '210', message: 'M', details: 'D' }],
    ['{"error":{"errorCode":210,"message":"M"}}', { errorCode: '210', message: 'M', details: '' }],
    ['{"errorCode":"420","message":"M"}', { errorCode: '420', message: 'M', details: '' }],
    ['{"errorCode":420,"message":null,"status":1,"code":2}', { errorCode: '420', message: '', details: '' }],
    ['{"error":{"message":"M"}}', { errorCode: '', message: 'M', details: '' }],
    ['{"path":"/","body":{"errorCode":"300"}}', { errorCode: '300', message: '', details: '' }],
  ])('of %s is the gateway', (text, fields) => {
    expect(readRefusal(text)).toEqual({ layer: 'gateway', ...fields });
  });

  it.each([
    ['{"status":400,"code":-4012,"errors":[],"message":"grade not found"}', -4012, 'grade not found'],
    ['{"status":400,"code":"-4013"}', -4013, ''],
    ['{"status":500,"code":-1,"errors":[{"field":"name"}],"message":7}', -1, ''],
    ['{"error":"Bad Request","path":"/grade","body":{"status":400,"code":-4012}}', -4012, ''],
  ])('of %s is the service', (text, code, message) => {
    expect(readRefusal(text)).toEqual({ layer: 'service', code, message });
  });

  it.each([
    '',
    '  ',
    'null',
    '[]',
    '7',
    '{}',
    '{"status":400}',
    '{"code":-4012}',
    '{"error":"x"}',
    '<a>',
    '{"path":1,"body":null}',
  ])('of %j is unknown', (text) => {
    expect(readRefusal(text).layer).toBe('unknown');
  });

  it('of any text or JSON at all is found without a crash', () => {
    const layers = ['gateway', 'service', 'unknown'];
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => layers.includes(readRefusal(text).layer)));
  });
});
