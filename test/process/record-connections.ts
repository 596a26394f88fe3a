import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { z } from 'zod';

/**
 * Preloaded into a server (`node --import`): appends the address of every connection that the process asks for, TLS or
 * not and successful or not, to the file that CONNECTIONS_FILE names.
 */
const file = z.string().parse(process.env.CONNECTIONS_FILE);
const address = z.object({ host: z.string(), port: z.coerce.number() });

Socket.prototype.connect = new Proxy(Socket.prototype.connect, {
  apply: (connect, socket, args: unknown[]) => {
    const { host, port } = address.parse(args.flat()[0]);
    appendFileSync(file, `${host}:${port}\n`);
    return Reflect.apply(connect, socket, args);
  },
});
