import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach } from 'vitest';
import type { NaverData } from '../../src/sandbox/company/data.ts';
import { type NaverEmulator, startNaverEmulator } from '../../src/sandbox/naver/naver-emulator.ts';
import { signatureOf } from '../../src/sandbox/naver/signature.ts';

export const companyId = '5f0c2b1e-0000-4000-8000-00000000c0de';
export const root = `/organization/apigw/v2/company/${companyId}`;
export const NOW = Date.UTC(2026, 2, 2, 9, 30);

export let naver: NaverEmulator;

/** A fresh emulator for every test of the file that calls this. */
export function startNaverForEachTest(): void {
  beforeEach(async () => {
    naver = await startNaverEmulator({ data: invented(), now: () => NOW });
  });
  afterEach(() => naver.close());
}

export type CallOptions = {
  root?: string;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
  timestamp?: string;
  accessKey?: string;
  secretKey?: string;
  /** Signed in place of what is sent. */
  signedTarget?: string;
};
export type Answer = { status: number | undefined; headers: IncomingHttpHeaders; text: string; json: unknown };

/** Sends the target byte for byte, which fetch would not. A header given as '' is left out. */
export function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { query = '', timestamp = `${NOW}`, accessKey = naver.accessKey, secretKey = naver.secretKey, body } = options;
  const target = `${options.root ?? root}${path}${query}`;
  const signable = { method, target: options.signedTarget ?? target, timestamp, accessKey };
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': signatureOf(signable, secretKey),
    ...options.headers,
  };
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
  return new Promise((resolve, reject) => {
    const url = new URL(naver.baseUrl);
    const request = httpRequest({ hostname: url.hostname, port: url.port, method, path: target, headers: sent });
    request.once('error', reject);
    request.once('response', async (response) => {
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks).toString('utf8');
      const json = text === '' ? undefined : JSON.parse(text);
      resolve({ status: response.statusCode, headers: response.headers, text, json });
    });
    request.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
}

export function gatewayBody(errorCode: string, message: string, details?: string) {
  return { error: details === undefined ? { errorCode, message } : { errorCode, message, details } };
}

export function grade(externalKey: string | null, name: string, sortOrder: number) {
  return { externalKey, name, i18nNames: { ko_KR: '', en_US: name }, sortOrder, itemUsed: true };
}

export const mina = {
  externalKey: 'E-mina',
  empId: 'emp-7001',
  loginId: 'mina.okafor@harbour.example',
  emailAddress: 'mina.okafor@harbour.example',
  name: 'Mina Okafor',
  i18nNames: { ko_KR: '오카포 미나' },
  employYmd: '2021-04-01',
  empNo: '5001',
  gradeExternalKey: 'G10',
  jobExternalKey: 'J20',
  deptExternalKey: 'D-yard',
};

export function invented(): NaverData {
  const unkeyed = { externalKey: null, empId: 'emp-7002', empNo: null, jobExternalKey: null, emailAddress: null };
  return {
    companyId,
    grades: [
      { ...grade('G30', 'Director', 30), itemUsed: false },
      grade('G10', 'Associate', 10),
      grade(null, 'Intern', 20),
    ],
    jobs: [grade('J20', 'Foreman', 20)],
    employees: [{ ...mina }, { ...mina, ...unkeyed, loginId: 'jo@harbour.example', name: 'Jo Lindqvist' }],
  };
}
