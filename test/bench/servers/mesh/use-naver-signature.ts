import { createHmac } from 'node:crypto';
import type { GatewayPlugin } from '@graphql-hive/gateway';

const { NAVER_BASE_URL = '', NAVER_ACCESS_KEY = '', NAVER_SECRET_KEY = '' } = process.env;

/**
 * Signs requests to NAVER. The function that fetches is wrapped, where setting options would come too late for
 * useDeduplicateRequest, which has read them by then; or too early, the time being a part of its key.
 */
export function useNaverSignature(): GatewayPlugin {
  return {
    onFetch({ url, fetchFn, setFetchFn }) {
      if (!url.startsWith(NAVER_BASE_URL)) return;
      setFetchFn((target, options, context, info) => {
        const { pathname, search } = new URL(target);
        const timestamp = String(Date.now());
        const signature = createHmac('sha256', NAVER_SECRET_KEY)
          .update(`GET ${pathname}${search}\n${timestamp}\n${NAVER_ACCESS_KEY}`)
          .digest('base64');
        const headers = {
          ...options?.headers,
          'x-ncp-apigw-timestamp': timestamp,
          'x-ncp-iam-access-key': NAVER_ACCESS_KEY,
          'x-ncp-apigw-signature-v2': signature,
        };
        return fetchFn(target, { ...options, headers }, context, info);
      });
    },
  };
}
