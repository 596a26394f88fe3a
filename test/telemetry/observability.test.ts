import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { costCases } from '../helpers/cost-cases.ts';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { operation } from '../helpers/operation.ts';
import { cleanUp, emptyFolder } from '../process/child.ts';
import { hasProgram, programPath } from '../programs/programs.ts';
import { samplesIn } from './samples.ts';

const folder = join(import.meta.dirname, '../../deploy/observability');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

const dashboard = z
  .object({
    panels: z.array(
      z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })) }),
    ),
  })
  .parse(JSON.parse(read('dashboard.json')));
const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const rules = read('alerts.yml');

/** What metrics there are, with their types, and the labels that they have here. */
let metrics: Map<string, Set<string>>;
let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ env: { METRICS_PORT: '0', LUCCA_RATE_LIMIT: '100/60' } });
  for (const { name, variables } of costCases) await graph.query(operation(name), variables?.(graph.company));
  await graph.query('{ nonsense }');
  graph.sandbox.naver.inject({ reply: { status: 503 }, times: 100 });
  // The last of them are not sent: the circuit is open by then.
  for (const key of ['G-77', 'G-78', 'G-79']) {
    await graph.query(
      `mutation { createGrade(input: { externalKey: "${key}", name: "Rigger", sortOrder: 9 }) { __typename } }`,
    );
  }
  const text = await graph.metrics();
  metrics = new Map([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => [name, new Set<string>()]));
  for (const { name, labels } of samplesIn(text)) {
    const known = metrics.get(name) ?? metrics.get(name.replace(/_(?:bucket|sum|count)$/, ''));
    for (const label of Object.keys(labels)) known?.add(label);
  }
});
afterAll(async () => {
  await graph.stop();
  await cleanUp();
});

const metricsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:hr_graph|nodejs|process)_\w+/g)].map(([name]) => name.replace(/_bucket$/, ''))),
];

/** What Prometheus adds to each of them. */
const added = ['instance', 'job', 'le'];

describe('the dashboard and the alerts', () => {
  it('ask for metrics that there are', () => {
    const asked = metricsIn(expressions.join('\n') + rules);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !metrics.has(name))).toEqual([]);
  });

  it('ask for labels that these have', () => {
    const asked = [...`${expressions.join('\n')}\n${rules}`.matchAll(/(hr_graph_\w+)\{([^}]*)\}/g)];
    const missing = asked.flatMap(([, name = '', matchers = '']) => {
      const labels = [...matchers.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label = '']) => label);
      const known = metrics.get(name.replace(/_bucket$/, ''));
      return labels
        .filter((label) => !added.includes(label) && known?.has(label) !== true)
        .map((label) => `${name} ${label}`);
    });
    expect(asked.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
    for (const { targets } of dashboard.panels) {
      for (const { expr, legendFormat } of targets) {
        const [, by = ''] = /by \(([^)]*)\)/.exec(expr) ?? [];
        const grouped = by === '' ? added : by.split(', ');
        const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
        expect(
          shown.filter((label) => !grouped.includes(label)),
          legendFormat,
        ).toEqual([]);
        const known = new Set(metricsIn(expr).flatMap((name) => [...(metrics.get(name) ?? [])]));
        expect(by === '' ? [] : grouped.filter((label) => !added.includes(label) && !known.has(label)), expr).toEqual(
          [],
        );
      }
    }
  });

  it('leave out none of ours', () => {
    const asked = metricsIn(expressions.join('\n') + rules);
    const ours = [...metrics.keys()].filter((name) => name.startsWith('hr_graph_') && name !== 'hr_graph_info');
    expect(ours.filter((name) => !asked.includes(name))).toEqual([]);
  });

  it('are each explained: every metric in the table, every alert by a section that it leads to', () => {
    const readme = read('README.md');
    const ours = [...metrics.keys()].filter((name) => name.startsWith('hr_graph_'));
    expect(ours.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
    const alerts = [...rules.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name = '']) => name);
    expect(alerts.length).toBeGreaterThan(5);
    for (const name of alerts) {
      expect(readme).toContain(`### ${name}\n`);
      expect(rules).toContain(`deploy/observability/README.md#${name.toLowerCase()}'`);
    }
  });

  it.skipIf(!hasProgram('promtool'))('are what Prometheus takes, and fire for what they are about', () => {
    const run = (...args: string[]) => spawnSync(programPath('promtool'), args, { encoding: 'utf8' });
    const checked = run('check', 'rules', join(folder, 'alerts.yml'));
    expect({ status: checked.status, stderr: checked.stderr }).toEqual({ status: 0, stderr: '' });
    const tested = run('test', 'rules', join(import.meta.dirname, 'alert-cases.yml'));
    expect({ status: tested.status, output: tested.stdout + tested.stderr }).toMatchObject({ status: 0 });
  });

  it.skipIf(!hasProgram('promtool'))('are each a query that Prometheus can parse', () => {
    const queries = expressions.map((it) => it.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'));
    const groups = [{ name: 'panels', rules: queries.map((expr, at) => ({ record: `panel:${at}`, expr })) }];
    const file = join(emptyFolder(), 'panels.yml');
    writeFileSync(file, JSON.stringify({ groups }));
    const { status, stderr } = spawnSync(programPath('promtool'), ['check', 'rules', file], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
