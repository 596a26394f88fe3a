import type { PeerCertificate, TLSSocket } from 'node:tls';
import { untrusted } from '../../http/connection-failure.ts';
import { type Finding, note, Obstacle, ok } from '../finding.ts';

const dayMs = 86_400_000;
/** Enough time for operators who renew certificates by hand. */
const soonDays = 21;

/** Throws an Obstacle if a client would reject the certificate, for its chain, its name or its dates. */
export function findCertificate(session: TLSSocket, variable: string, now: number): Finding {
  const certificate = session.getPeerCertificate();
  const validTo = Date.parse(certificate.valid_to);
  if (!session.authorized) throw obstacleOf(session, certificate, variable);
  const days = Math.floor((validTo - now) / dayMs);
  const until = `${session.getProtocol() ?? 'TLS'}, the certificate is valid until ${dayOf(validTo)}`;
  if (days < soonDays) return note(`${until}, which is ${days} days from now.`, 'Renew it in time.');
  return ok(until);
}

function obstacleOf(session: TLSSocket, { valid_from, valid_to }: PeerCertificate, variable: string): Obstacle {
  const code = String(session.authorizationError);
  if (code === 'CERT_HAS_EXPIRED') {
    const advice = "The operator of that host must renew it. If the day is in the future, set this machine's clock.";
    return new Obstacle(`The certificate expired on ${dayOf(Date.parse(valid_to))}.`, advice);
  }
  if (code === 'CERT_NOT_YET_VALID') {
    const found = `The certificate is valid from ${dayOf(Date.parse(valid_from))} on.`;
    return new Obstacle(found, "If that day has passed, set this machine's clock.");
  }
  if (code.includes('ALTNAME')) {
    const found = `The certificate does not match the host of ${variable}.`;
    return new Obstacle(found, `Check ${variable}: use the host name of the certificate.`);
  }
  if (untrusted.includes(code)) {
    const advice = 'Set NODE_EXTRA_CA_CERTS to the file of the CA certificate. A proxy that inspects TLS has its own.';
    return new Obstacle(`This machine does not trust the signer of the certificate (${code}).`, advice);
  }
  return new Obstacle(`The certificate is invalid (${code}).`, `Check the host of ${variable}.`);
}

const dayOf = (time: number): string =>
  Number.isNaN(time) ? 'an unknown day' : new Date(time).toISOString().slice(0, 10);
