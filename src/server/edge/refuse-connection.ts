import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { maxHeadBytes } from '../limits/limits.ts';

/** Node's parser rejects a longer head. Up to this size we read the request, and our error names the part that is too long. */
export const maxParsedHeadBytes = 4 * maxHeadBytes;

const refusals: Record<string, { status: number; message: string } | undefined> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    message: `Address and headers may take ${maxHeadBytes} bytes together, and take more than ${maxParsedHeadBytes}.`,
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: 'The extensions of the chunks are too long.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'The request took too long to arrive.' },
};

const malformed = { status: 400, message: 'This is not a valid HTTP/1.1 request.' };

/**
 * Responds on a connection whose bytes are not a valid request, and closes the connection. Node does the same, but without a
 * body that gives the reason. `response` is the last one on the connection; nothing is written if it is unfinished.
 */
export function refuseConnection(error: Error, socket: Duplex, response: ServerResponse | undefined): void {
  const isMidway = response?.headersSent === true && !response.writableFinished;
  if (socket.writable && !isMidway) socket.write(responseTo('code' in error ? String(error.code) : ''));
  socket.destroy(error);
}

function responseTo(code: string): string {
  const { status, message } = refusals[code] ?? malformed;
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
