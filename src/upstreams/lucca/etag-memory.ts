/** A body as it was decoded, under the ETag that came with it, letter for letter. */
export type Remembered = { etag: string; text: string };

/** The last bodies by request path, within bounds; whatever has not been used longest leaves first. */
export class EtagMemory {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  /** As bytes: a text with one letter beyond Latin takes twice its length. */
  readonly #entries = new Map<string, { etag: string; body: Buffer }>();
  #bytes = 0;

  constructor({ maxEntries = 200, maxBytes = 1024 * 1024 } = {}) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  recall(path: string): Remembered | undefined {
    const entry = this.#entries.get(path);
    if (entry === undefined) return undefined;
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    return { etag: entry.etag, text: entry.body.toString('utf8') };
  }

  remember(path: string, { etag, text }: Remembered): void {
    this.forget(path);
    const body = Buffer.from(text, 'utf8');
    this.#entries.set(path, { etag, body });
    this.#bytes += body.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries && this.#bytes <= this.#maxBytes) return;
      this.forget(oldest);
    }
  }

  forget(path: string): void {
    this.#bytes -= this.#entries.get(path)?.body.length ?? 0;
    this.#entries.delete(path);
  }
}
