import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

export const root = join(import.meta.dirname, '../..');
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A YAML file with what `<<` merges, as Compose and Kubernetes read it. */
export const yamlOf = (path: string): unknown => parse(textOf(path), { merge: true });

/** Names of variables that .env.example describes. */
export const knownVariables = Object.keys(parseEnv(textOf('.env.example').replaceAll(/^# (?=[A-Z_]+=)/gm, '')));

export const { version } = z.object({ version: z.string() }).parse(JSON.parse(textOf('package.json')));

const variables = z.record(z.string(), z.string());

/** What the file sets for the pods. */
export const podSettings = variables.parse(parseEnv(textOf('deploy/kubernetes/settings.env')));

const environmentVariable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional(),
});

const container = z.looseObject({
  image: z.string(),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  env: z.array(environmentVariable),
  envFrom: z.array(z.record(z.string(), z.object({ name: z.string() }))),
  startupProbe: z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
  readinessProbe: z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
  livenessProbe: z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ memory: z.string() }),
  }),
  securityContext: z.object({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
    capabilities: z.object({ drop: z.array(z.string()) }),
  }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().default(false) })),
});
const labels = z.record(z.string(), z.string());

const deployment = z.object({
  spec: z.object({
    selector: z.object({ matchLabels: labels }),
    strategy: z.object({ rollingUpdate: z.object({ maxUnavailable: z.number(), maxSurge: z.number() }) }),
    template: z.object({
      metadata: z.object({ labels }),
      spec: z.looseObject({
        serviceAccountName: z.string(),
        automountServiceAccountToken: z.boolean(),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.looseObject({ runAsNonRoot: z.boolean(), runAsUser: z.number() }),
        containers: z.tuple([container]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});

export const { spec: deploymentSpec } = deployment.parse(yamlOf('deploy/kubernetes/deployment.yaml'));
export const pod = deploymentSpec.template.spec;

const redisPod = z.object({
  spec: z.object({
    serviceName: z.string(),
    replicas: z.number(),
    selector: z.object({ matchLabels: labels }),
    template: z.object({
      metadata: z.object({ labels }),
      spec: z.looseObject({
        automountServiceAccountToken: z.literal(false),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.number() }),
        containers: z.tuple([
          z.looseObject({
            image: z.string(),
            command: z.array(z.string()),
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
            env: z.array(environmentVariable),
            resources: z.object({ limits: z.object({ memory: z.string() }) }),
          }),
        ]),
      }),
    }),
  }),
});

export const { spec: redisSpec } = redisPod.parse(yamlOf('deploy/kubernetes/redis.yaml'));

const service = z.looseObject({
  image: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  mem_limit: z.string(),
  networks: z.record(z.string(), z.unknown()),
});
/** By no user of its own: nginx and Redis would be root. */
const serviceOfOthers = service.extend({ user: z.string().regex(/^[1-9]\d*:[1-9]\d*$/) });
const replica = service.extend({
  env_file: z.array(z.string()),
  environment: variables,
  volumes: z.array(z.string()),
  stop_grace_period: z.string().regex(/^\d+s$/),
  healthcheck: z.looseObject({ test: z.array(z.string()) }),
});

const redis = serviceOfOthers.extend({
  environment: variables,
  entrypoint: z.array(z.string()),
  healthcheck: z.looseObject({ test: z.array(z.string()) }),
});

export const compose = z
  .looseObject({
    services: z.object({ 'hr-graph-1': replica, 'hr-graph-2': replica, redis, nginx: serviceOfOthers }),
    networks: z.record(z.string(), z.looseObject({ internal: z.boolean().default(false) })),
  })
  .parse(yamlOf('deploy/compose.yaml'));

/** A directive's value in nginx.conf, wherever it stands; throws where it stands nowhere. */
export function nginxValue(directive: RegExp): string {
  return z.string().parse(directive.exec(textOf('deploy/nginx.conf'))?.[1]);
}

/** As Kubernetes and Compose write it: `1Gi`, `256Mi`, `1g`, `128m`. */
export function mebibytes(text: string): number {
  const [, digits, unit] = /^(\d+)(g|m)i?$/i.exec(text) ?? [];
  return Number(z.string().parse(digits)) * (unit?.toLowerCase() === 'g' ? 1024 : 1);
}
