import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compose, pod, root, textOf } from './files.ts';

const folder = '/files';
const runbook = textOf('deploy/RUNBOOK.md');
/** What a deployment sets to use the files: comments of settings.env. */
const offered = parseEnv(textOf('deploy/kubernetes/settings.env').replaceAll(/^# (?=[A-Z_]+=)/gm, ''));
const paths = [offered.IDENTITY_MAP_FILE ?? '', offered.API_KEYS_FILE ?? ''];

describe('the files that replicas read', () => {
  it('are in one folder, by the same paths in Compose, in Kubernetes and in the runbook', () => {
    expect(paths.map(dirname)).toEqual([folder, folder]);
    expect(runbook).toContain(`\`IDENTITY_MAP_FILE=${paths[0]}\`, \`API_KEYS_FILE=${paths[1]}\``);
    for (const path of paths) expect(textOf('deploy/compose.yaml')).toContain(path);
  });

  it('are mounted by Compose as a folder, read-only, whose content is in no commit', () => {
    // A file that is mounted by itself stays what it was when another is renamed onto it.
    expect(compose.services['hr-graph-1'].volumes).toEqual([`./files:${folder}:ro`]);
    const ignored = spawnSync('git', ['check-ignore', '--no-index', ...paths.map((it) => `deploy${it}`)], {
      cwd: root,
    });
    expect(ignored.stdout.toString().trim().split('\n')).toEqual(paths.map((it) => `deploy${it}`));
  });

  it('are mounted by Kubernetes from what the runbook makes, for the group of the pod, if they are there', () => {
    const [, configMap, mapping] = /create configmap (\S+) --from-file=(\S+)/.exec(runbook) ?? [];
    const [, secret, keys] = /create secret generic (\S+) --from-file=(\S+)/.exec(runbook) ?? [];
    expect([mapping, keys]).toEqual(paths.map((it) => basename(it)));
    expect(pod.volumes.filter(({ name }) => name === 'files')).toEqual([
      {
        name: 'files',
        projected: {
          defaultMode: 0o440,
          sources: [{ configMap: { name: configMap, optional: true } }, { secret: { name: secret, optional: true } }],
        },
      },
    ]);
    expect(pod.securityContext).toMatchObject({ fsGroup: 1000 });
    // With a subPath, changes would not arrive.
    expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'files', mountPath: folder, readOnly: true });
    for (const command of [`configmap ${configMap}`, `secret generic ${secret}`]) {
      expect(runbook).toMatch(new RegExp(`create ${command} .*apply --server-side`));
    }
  });
});
