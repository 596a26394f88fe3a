import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';

/**
 * The three systems as a server of one's own asks them: a token kept in the process, kept connections, at most 64 to
 * an origin. What comes is trusted as it is, which is also the fastest way.
 */
const dispatcher = new Agent({ connections: 64 });

/** An item that is named somewhere, but is not there: 404, or NAVER's 400. */
class NotFound extends Error {}

export const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing.`);
  return value;
};

async function json<T>(url: string, headers: Record<string, string>): Promise<T> {
  const { statusCode, body } = await request(url, { dispatcher, headers });
  if (statusCode === 200) return (await body.json()) as T;
  await body.dump();
  if (statusCode === 404 || statusCode === 400) throw new NotFound(`${new URL(url).pathname} is not there`);
  throw new Error(`${new URL(url).pathname} answered ${statusCode}`);
}

let token: Promise<string> | undefined;

async function askToken(): Promise<string> {
  const { body } = await request(env('LUCCA_TOKEN_URL'), {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: env('LUCCA_CLIENT_ID'),
      client_secret: env('LUCCA_CLIENT_SECRET'),
      scope: 'employees.readonly job-positions.readonly job-qualifications.readonly',
    }).toString(),
  });
  return ((await body.json()) as { access_token: string }).access_token;
}

export async function lucca<T>(path: string): Promise<T> {
  token ??= askToken();
  const headers = { authorization: `Bearer ${await token}`, 'api-version': '2024-11-01' };
  return json<T>(`${env('LUCCA_BASE_URL')}/${path}`, headers);
}

export const ctrlHub = <T>(path: string): Promise<T> =>
  json<T>(`${env('CTRL_HUB_BASE_URL')}/v3/${path}`, { 'x-session-token': env('CTRL_HUB_SESSION_TOKEN') });

export function naver<T>(path: string): Promise<T> {
  const url = `${env('NAVER_BASE_URL')}/organization/apigw/v2/company/${env('NAVER_COMPANY_ID')}/${path}`;
  const { pathname, search } = new URL(url);
  const timestamp = String(Date.now());
  const accessKey = env('NAVER_ACCESS_KEY');
  return json<T>(url, {
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': createHmac('sha256', env('NAVER_SECRET_KEY'))
      .update(`GET ${pathname}${search}\n${timestamp}\n${accessKey}`)
      .digest('base64'),
  });
}

/** Null for what is not there. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
