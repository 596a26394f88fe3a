import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request to a server on a Unix domain socket, which fetch cannot send. */
export const sendTo = (socketPath: string, method: string, path: string, body = '') =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const sent = request({ socketPath, method, path }, (response) => {
      text(response).then((it) => resolve({ status: response.statusCode, body: it }), reject);
    });
    sent.once('error', reject).end(body);
  });
