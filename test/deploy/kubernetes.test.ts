import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compose, deploymentSpec, pod, podSettings, redisSpec, root, yamlOf } from './files.ts';
import { unknownFieldsIn } from './unknown-fields.ts';

const models = [
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  StatefulSet,
];
type Model = (typeof models)[number];

const folder = 'deploy/kubernetes';
const manifest = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.object({ name: z.string() }) });
const files = readdirSync(join(root, folder)).filter((it) => it.endsWith('.yaml') && it !== 'kustomization.yaml');
const read = (file: string) => manifest.parse(yamlOf(`${folder}/${file}`));

const modelOf = ({ apiVersion, kind }: z.infer<typeof manifest>): Model => {
  const model = models.find((it) => it.apiVersion === apiVersion && it.kind === kind);
  if (model === undefined) throw new Error(`Kubernetes has no ${kind} of ${apiVersion}.`);
  return model;
};

/** Throws for what Kubernetes' own schema has otherwise; returns what it does not have at all. */
const check = (document: z.infer<typeof manifest>): string[] =>
  unknownFieldsIn(new (modelOf(document))(document as never), (watched) => watched.validate());

const policy = z.object({
  spec: z.object({
    policyTypes: z.array(z.string()),
    ingress: z.array(z.object({ from: z.array(z.unknown()), ports: z.array(z.looseObject({ port: z.unknown() })) })),
    egress: z.array(z.unknown()).default([]),
  }),
});

describe('the manifests for Kubernetes', () => {
  it.each(files)('have nothing that Kubernetes does not know, and of the right types: %s', (file) => {
    expect(check(read(file))).toEqual([]);
  });

  it('would be found out otherwise', () => {
    const budget = read('pod-disruption-budget.yaml');
    expect(check({ ...budget, spec: { minAvailabel: 1 } })).toEqual(['/spec/minAvailabel']);
    expect(() => check({ ...budget, spec: { minAvailable: [1] } })).toThrow('minAvailable');
    expect(() => check({ ...budget, apiVersion: 'policy/v1beta1' })).toThrow(
      'no PodDisruptionBudget of policy/v1beta1',
    );
  });

  it('are all applied, with settings that are read from a file', () => {
    const kustomization = z
      .strictObject({
        apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
        kind: z.literal('Kustomization'),
        resources: z.array(z.string()),
        configMapGenerator: z.tuple([z.strictObject({ name: z.string(), envs: z.tuple([z.literal('settings.env')]) })]),
      })
      .parse(yamlOf(`${folder}/kustomization.yaml`));
    expect(kustomization.resources.toSorted()).toEqual(files.toSorted());
    expect(pod.containers[0].envFrom[0]).toEqual({ configMapRef: { name: kustomization.configMapGenerator[0].name } });
    expect(Object.keys(podSettings)).not.toEqual([]);
  });

  it('mean the same pods', () => {
    const labels = { matchLabels: deploymentSpec.template.metadata.labels };
    expect(deploymentSpec.selector).toEqual(labels);
    expect(read('pod-disruption-budget.yaml')).toMatchObject({ spec: { selector: labels } });
    expect(read('network-policy.yaml')).toMatchObject({ spec: { podSelector: labels } });
    expect(read('service.yaml')).toMatchObject({ spec: { selector: labels.matchLabels } });
    expect(read('horizontal-pod-autoscaler.yaml')).toMatchObject({
      spec: { scaleTargetRef: { kind: 'Deployment', name: read('deployment.yaml').metadata.name } },
    });
    expect(read('service-account.yaml').metadata.name).toBe(pod.serviceAccountName);
    const redisLabels = { matchLabels: redisSpec.template.metadata.labels };
    expect(redisLabels).not.toEqual(labels);
    expect(redisSpec.selector).toEqual(redisLabels);
    expect(read('redis-service.yaml')).toMatchObject({
      metadata: { name: redisSpec.serviceName },
      spec: { selector: redisLabels.matchLabels, ports: [{ port: 6379, targetPort: 'redis' }] },
    });
    expect(read('redis-network-policy.yaml')).toMatchObject({ spec: { podSelector: redisLabels } });
  });

  it('lead from hr-graph to Redis, and to it from nowhere else', () => {
    const { policyTypes, ingress, egress } = policy.parse(read('redis-network-policy.yaml')).spec;
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(ingress).toEqual([{ from: [{ podSelector: deploymentSpec.selector }], ports: [{ port: 'redis' }] }]);
    expect(egress).toEqual([]);
    expect(redisSpec.template.spec.containers[0].ports).toEqual([{ name: 'redis', containerPort: 6379 }]);
    expect(policy.parse(read('network-policy.yaml')).spec.egress).toContainEqual({
      to: [{ podSelector: redisSpec.selector }],
      ports: [{ port: 6379, protocol: 'TCP' }],
    });
  });

  it('give one password to both, from a Secret of its own', () => {
    const secret = { secretKeyRef: { name: 'hr-graph-redis', key: 'password' } };
    // In this order: an address may hold only what was named before it.
    expect(pod.containers[0].env).toEqual([
      { name: 'REDIS_PASSWORD', valueFrom: secret },
      { name: 'REDIS_URL', value: `redis://:$(REDIS_PASSWORD)@${redisSpec.serviceName}:6379` },
    ]);
    expect(redisSpec.template.spec.containers[0].env).toEqual([{ name: 'REDISCLI_AUTH', valueFrom: secret }]);
  });

  it('run the Redis of compose.yaml, by one pod at most', () => {
    const [container] = redisSpec.template.spec.containers;
    const { image, entrypoint, user, healthcheck } = compose.services.redis;
    expect(redisSpec.replicas).toBe(1);
    expect(container.image).toBe(image);
    // Compose's own variables begin with a dollar.
    expect(container.command).toEqual(entrypoint.map((it) => it.replaceAll('$$', '$')));
    expect(`${redisSpec.template.spec.securityContext.runAsUser}`).toBe(user.split(':')[0]);
    const probe = { exec: { command: healthcheck.test.slice(1) } };
    expect(container).toMatchObject({ readinessProbe: probe, livenessProbe: probe });
  });

  it('show metrics to Prometheus alone', () => {
    const { ingress } = policy.parse(read('network-policy.yaml')).spec;
    const prometheus = { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } };
    expect(ingress.filter(({ ports }) => ports.some(({ port }) => port !== 'http'))).toEqual([
      { from: [{ namespaceSelector: expect.anything(), podSelector: prometheus }], ports: [{ port: 'metrics' }] },
    ]);
    const { ports } = z
      .object({ ports: z.array(z.unknown()) })
      .parse(z.looseObject({ spec: z.unknown() }).parse(read('service.yaml')).spec);
    expect(ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
    expect(pod.containers[0].ports).toContainEqual({
      name: 'metrics',
      containerPort: Number(podSettings.METRICS_PORT),
    });
  });

  it('give a pod neither root, nor a writable root, nor a token of the cluster', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(read('service-account.yaml')).toMatchObject({ automountServiceAccountToken: false });
    expect(redisSpec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const { securityContext } of [...pod.containers, ...redisSpec.template.spec.containers]) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('write only where a volume is', () => {
    const paths = pod.containers[0].volumeMounts.map((it) => `${it.mountPath}/`);
    expect(paths.filter((it) => podSettings.DIRECTORY_FILE?.startsWith(it))).toHaveLength(1);
  });
});
