/** Lucca does not know the page token (any longer). The caller has to start again with the first page. */
export class ExpiredPageError extends Error {
  override readonly name = 'ExpiredPageError';

  constructor() {
    super('Lucca does not know this page token, or no longer does. Start again with the first page.');
  }
}
