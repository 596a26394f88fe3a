import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { cleanUp, emptyFolder } from '../process/child.ts';
import { hasProgram, programPath } from '../programs/programs.ts';
import { compose, deploymentSpec, podSettings, root, textOf } from './files.ts';

afterAll(cleanUp);

const readme = textOf('deploy/observability/README.md');
const blocks = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const configurations = blocks.filter((it) => it.includes('scrape_configs:'));
const shape = z.object({
  scrape_configs: z.tuple([
    z.looseObject({
      job_name: z.string(),
      static_configs: z.tuple([z.object({ targets: z.array(z.string()) })]).optional(),
      relabel_configs: z.array(z.looseObject({ regex: z.string().optional() })).optional(),
    }),
  ]),
});
const [ofCompose, ofKubernetes] = configurations.map((it) => shape.parse(parse(it)).scrape_configs[0]);

describe('the scrape configurations for Prometheus', () => {
  it.skipIf(!hasProgram('promtool'))('are what it takes, with the alerts', () => {
    expect(configurations).toHaveLength(2);
    for (const text of configurations) {
      const folder = emptyFolder();
      copyFileSync(join(root, 'deploy/observability/alerts.yml'), join(folder, 'alerts.yml'));
      // Debian's promtool knows no Kubernetes: the rest of its job is checked.
      const known = text.replace(
        /kubernetes_sd_configs:\n(?: {6}.*\n)+/,
        "static_configs: [{ targets: ['pod:9464'] }]\n",
      );
      writeFileSync(join(folder, 'prometheus.yml'), known);
      const args = ['check', 'config', join(folder, 'prometheus.yml')];
      const { status, stdout, stderr } = spawnSync(programPath('promtool'), args, { encoding: 'utf8' });
      expect({ status, output: stdout + stderr }).toMatchObject({
        status: 0,
        output: expect.stringContaining('rules'),
      });
    }
  });

  it('name the job that the alerts ask about', () => {
    const jobs = [...textOf('deploy/observability/alerts.yml').matchAll(/job="([^"]+)"/g)].map(([, name]) => name);
    expect(jobs.length).toBeGreaterThan(0);
    expect(new Set([...jobs, ofCompose?.job_name, ofKubernetes?.job_name]).size).toBe(1);
  });

  it('lead to the replicas of compose.yaml, in a network that there is', () => {
    const replicas = Object.entries(compose.services).filter(([name]) => name.startsWith('hr-graph'));
    const ports = [compose.services['hr-graph-1'], compose.services['hr-graph-2']].map(
      ({ environment }) => environment.METRICS_PORT,
    );
    const targets = replicas.map(([name], at) => `${name}:${ports[at]}`);
    expect(ofCompose?.static_configs?.[0].targets).toEqual(targets);
    const network = /hr-graph_(\w+):\n/.exec(readme)?.[1] ?? '';
    for (const [, { networks }] of replicas) expect(networks).toHaveProperty(network);
  });

  it('find pods by labels and by a port that the manifests have', () => {
    const label = deploymentSpec.template.metadata.labels['app.kubernetes.io/name'];
    const [port] = deploymentSpec.template.spec.containers[0].ports.filter(
      ({ containerPort }) => containerPort === Number(podSettings.METRICS_PORT),
    );
    expect(ofKubernetes?.relabel_configs?.[0]?.regex).toBe(`${label};${port?.name}`);
  });
});
