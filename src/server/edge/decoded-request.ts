import { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import { codingsOf, decode, isDecodable, isTooLarge, maxCodings } from '../../http/content-encoding.ts';
import { maxBodyBytes } from '../limits/limits.ts';
import { refusal } from '../refusal.ts';

/** The encodings of a request body that we accept; sent when another one is rejected (RFC 9110, section 15.5.16). */
const accepted = 'gzip, deflate, br';

/** Whether the request has a Content-Encoding. */
export const isEncoded = ({ headers }: IncomingMessage): boolean => codingsOf(headers['content-encoding']).length > 0;

/**
 * Decompresses a request. If the body exceeds the limit, is damaged or has an unknown encoding, returns the request with an
 * empty body, and the error.
 */
export async function decodedRequest(
  request: IncomingMessage,
): Promise<{ request: IncomingMessage; problem: GraphQLError | null }> {
  try {
    return { request: withBody(request, await decodedBody(request)), problem: null };
  } catch (problem) {
    if (!(problem instanceof GraphQLError)) throw problem;
    // Reads the rest of the body, so that the connection can serve the next request.
    request.resume();
    return { request: withBody(request, Buffer.alloc(0)), problem };
  }
}

async function decodedBody(request: IncomingMessage): Promise<Buffer> {
  const codings = codingsOf(request.headers['content-encoding']);
  if (codings.length > maxCodings || !codings.every(isDecodable)) throw unknownEncoding();
  const body = await receivedBody(request);
  try {
    return await decode(body, codings, maxBodyBytes);
  } catch (error) {
    throw isTooLarge(error) ? tooLarge() : damaged();
  }
}

/** Rejects if the body exceeds the limit even before decompression. */
function receivedBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const add = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBodyBytes) settle(() => reject(tooLarge()));
    };
    const end = () => settle(() => resolve(Buffer.concat(chunks)));
    const fail = () => settle(() => reject(damaged()));
    const settle = (done: () => void) => {
      request.off('data', add).off('end', end).off('error', fail).off('close', fail);
      done();
    };
    request.on('data', add).once('end', end).once('error', fail).once('close', fail);
  });
}

/** A new message on the same connection with another body. */
function withBody({ socket, method, url, headers, rawHeaders }: IncomingMessage, body: Buffer): IncomingMessage {
  const { 'content-encoding': _, 'transfer-encoding': __, ...others } = headers;
  const message = new IncomingMessage(socket);
  const ownHeaders = { ...others, 'content-length': String(body.length) };
  Object.assign(message, { method, url, headers: ownHeaders, rawHeaders, complete: true });
  message.push(body);
  message.push(null);
  return message;
}

const tooLarge = () =>
  refusal(`The body may take ${maxBodyBytes} bytes when it is decompressed.`, {
    code: 'QUERY_TOO_COMPLEX',
    status: 413,
  });

const damaged = () =>
  refusal('The body is not compressed as Content-Encoding says.', { code: 'BAD_USER_INPUT', status: 400 });

const unknownEncoding = () =>
  refusal(`Content-Encoding may be one of ${accepted}.`, {
    code: 'BAD_USER_INPUT',
    status: 415,
    headers: { 'Accept-Encoding': accepted },
  });
