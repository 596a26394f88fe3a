import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deploymentSpec, pod, podSettings, root, yamlOf } from './files.ts';
import { unknownFieldsIn } from './unknown-fields.ts';

const models = [Deployment, HorizontalPodAutoscaler, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount];
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
  });

  it('give a pod neither root, nor a writable root, nor a token of the cluster', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(read('service-account.yaml')).toMatchObject({ automountServiceAccountToken: false });
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('write only where a volume is', () => {
    const paths = pod.containers[0].volumeMounts.map((it) => `${it.mountPath}/`);
    expect(paths.filter((it) => podSettings.DIRECTORY_FILE?.startsWith(it))).toHaveLength(1);
  });
});
