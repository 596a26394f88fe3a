import { createRemoteJWKSet, customFetch, type FetchImplementation, type RemoteJWKSet } from 'jose';
import { now } from '../../domain/now.ts';
import { withoutByteOrderMark } from '../../http/json.ts';
import { type Fetch, fetchThrough, type Proxies } from '../../http/network.ts';

export type KeySetTiming = {
  /** After a fetch, an unknown key id causes no further fetch for this time, because anybody can invent key ids. */
  cooldownMs: number;
  /** How long keys are cached. A key that the issuer withdraws is accepted for at most this time. */
  cacheMs: number;
  timeoutMs: number;
  /** After a failed fetch, requests fail without another fetch for this time. */
  pauseMs: number;
};

export const keySetTiming: KeySetTiming = {
  cooldownMs: 30_000,
  cacheMs: 3_600_000,
  timeoutMs: 5_000,
  pauseMs: 5_000,
};

/** The issuer's keys: fetched when first needed, cached, and fetched again for an unknown key id. */
export function createKeySet(url: string, timing: KeySetTiming, proxies: Proxies): RemoteJWKSet {
  const { cooldownMs, cacheMs, timeoutMs, pauseMs } = timing;
  return createRemoteJWKSet(new URL(url), {
    cooldownDuration: cooldownMs,
    cacheMaxAge: cacheMs,
    timeoutDuration: timeoutMs,
    [customFetch]: pausingAfterFailure(fetchThrough(url, proxies), pauseMs),
  });
}

function pausingAfterFailure(send: Fetch, pauseMs: number): FetchImplementation {
  let pausedUntil = 0;
  return async (...request) => {
    if (now() < pausedUntil) throw new Error('The last fetch of the key set failed a moment ago.');
    try {
      const response = await send(...request);
      if (response.status !== 200) throw new Error(`The issuer answered ${response.status} instead of its key set.`);
      return Response.json(JSON.parse(withoutByteOrderMark(await textOf(response))));
    } catch (error) {
      pausedUntil = now() + pauseMs;
      throw error;
    }
  };
}

/** An issuer has a handful of keys. The limit counts decompressed bytes. */
const maxKeySetBytes = 256 * 1024;

async function textOf({ body }: Awaited<ReturnType<Fetch>>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > maxKeySetBytes) throw new Error(`The key set is larger than ${maxKeySetBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
