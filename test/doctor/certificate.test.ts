import { readFileSync } from 'node:fs';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCertificate } from '../../src/doctor/connection/certificate.ts';
import { startTlsFront, type TlsFront } from '../http/proxy-fixture.ts';
import { pemFile } from './doctor-fixture.ts';

const pem = pemFile('localhost');
const lastDay = Date.parse('2120-01-01T00:00:00Z');
const dayMs = 86_400_000;

let front: TlsFront;
let session: TLSSocket;
beforeAll(async () => {
  front = await startTlsFront({}, pem);
  session = await new Promise((resolve, reject) => {
    const socket = connect({ host: 'localhost', port: front.port, ca: readFileSync(pem) }, () => resolve(socket));
    socket.once('error', reject);
  });
});
afterAll(() => {
  session.destroy();
  front.close();
});

describe('a certificate', () => {
  it('is to be renewed when three weeks are left', () => {
    const { level, found, advice } = findCertificate(session, 'NAVER_BASE_URL', lastDay - 12.5 * dayMs);
    expect({ level, advice }).toEqual({ level: 'note', advice: 'Renew it in time.' });
    expect(found).toMatch(/valid until 2120-01-01, which is 12 days from now\.$/);
  });

  it('is well before that', () => {
    expect(findCertificate(session, 'NAVER_BASE_URL', lastDay - 22 * dayMs).level).toBe('ok');
  });
});
