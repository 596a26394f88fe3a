import { type Upstream, upstreamName } from '../../domain/upstream.ts';
import type { Edge, GraphModel } from './graph-model.ts';
import { escapeHtml } from './html.ts';

/** `columns`: how many owners are drawn side by side; one on a narrow page. */
export type PictureSize = { width: number; columns: number };

const hubHeight = 52;
const boxHeight = 34;
const panelHead = 30;
const lineHeight = 16;
const padding = 12;
/** The left margin of a panel, for the trunk line that comes down from the hub. */
const gutter = 14;

/** The panel of one owner: its place, and the boxes of its types from top to bottom. */
type Panel = { upstream: Upstream; x: number; y: number; width: number; height: number; boxes: Box[] };
/** `near`: edges between this type and the type above. `far`: edges between this type and the hub, along the trunk. */
type Box = { type: string; y: number; near: Edge[]; far: Edge[] };

/** An SVG of types, owners and edges. The style sheet of the page sets the colours. */
export function graphPicture(model: GraphModel, { width, columns }: PictureSize): string {
  const [hub = ''] = model.hubs;
  const panels: Panel[] = [];
  let bottom = hubHeight + lineHeight * 2 - padding;
  for (let first = 0; first < model.owners.length; first += columns) {
    const y = bottom + padding;
    const panelWidth = (width - padding * (columns - 1)) / columns;
    const row = model.owners.slice(first, first + columns).map((owner, column): Panel => {
      const x = column * (panelWidth + padding);
      return {
        upstream: owner.upstream,
        x,
        y,
        width: panelWidth,
        ...boxesOf(owner.types, y + panelHead, hub, model.edges),
      };
    });
    panels.push(...row);
    bottom = Math.max(...row.map((panel) => panel.y + panel.height));
  }
  const spoken = model.edges.map(({ from, field, to }) => `${from}.${field} leads to ${to}`).join('; ');
  const arrow = `arrow-${columns}`;
  return `<svg class="graph" viewBox="0 0 ${width} ${bottom + 1}" role="img" aria-label="${escapeHtml(`The graph: ${spoken}.`)}">
<defs><marker id="${arrow}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>
${panels.map((panel) => panelSvg(panel, arrow)).join('\n')}
${hubSvg(hub, width, `joined from ${model.owners.map(({ upstream }) => upstreamName(upstream)).join(', ')}`)}
</svg>`;
}

function boxesOf(types: readonly string[], top: number, hub: string, edges: readonly Edge[]) {
  const boxes: Box[] = [];
  let y = top;
  for (const [index, type] of types.entries()) {
    const above = types[index - 1];
    const near = above === undefined ? [] : between(edges, above, type);
    const far = between(edges, hub, type);
    y += (near.length + far.length) * lineHeight + (above === undefined ? 0 : padding);
    boxes.push({ type, y, near, far });
    y += boxHeight;
  }
  return { boxes, height: y + padding - top + panelHead };
}

const between = (edges: readonly Edge[], one: string, other: string): Edge[] =>
  edges.filter(({ from, to }) => (from === one && to === other) || (from === other && to === one));

function panelSvg({ upstream, x, y, width, height, boxes }: Panel, arrow: string): string {
  const left = x + padding + gutter;
  const parts = boxes.flatMap((box, index) => [
    ...labelsSvg(box, left + 20),
    box.near.length === 0
      ? ''
      : lineSvg(`M${left + 10} ${(boxes[index - 1]?.y ?? 0) + boxHeight}V${box.y}`, box.near, box, arrow),
    box.far.length === 0
      ? ''
      : lineSvg(`M${x + padding + 2} ${hubHeight}V${box.y + boxHeight / 2}H${left}`, box.far, box, arrow),
    `<rect class="type" x="${left}" y="${box.y}" width="${x + width - padding - left}" height="${boxHeight}" rx="7"/>`,
    textSvg('name', left + 12, box.y + boxHeight / 2 + 5, box.type),
  ]);
  return `<g class="owned ${upstream.toLowerCase().replace('_', '-')}">
<rect class="panel" x="${x + 0.5}" y="${y}" width="${width - 1}" height="${height}" rx="10"/>
${textSvg('owner', left, y + 20, upstreamName(upstream))}${parts.join('')}
</g>`;
}

/** Labels above a box: ↓ for fields that lead to the type, ↑ for fields that lead from it. A far edge names its type too. */
function labelsSvg({ type, y, near, far }: Box, x: number): string[] {
  const labels = [
    ...near.map((edge) => [edge, edge.field] as const),
    ...far.map((edge) => [edge, `${edge.from}.${edge.field}`] as const),
  ];
  return labels.map(([{ to }, name], line) => {
    const baseline = y - (labels.length - line) * lineHeight + 10;
    return textSvg('edge', x, baseline, `${to === type ? '↓' : '↑'} ${name}`);
  });
}

function lineSvg(path: string, edges: readonly Edge[], { type }: Box, arrow: string): string {
  const end = edges.some(({ to }) => to === type) ? ` marker-end="url(#${arrow})"` : '';
  const start = edges.some(({ from }) => from === type) ? ` marker-start="url(#${arrow})"` : '';
  return `<path class="line" d="${path}"${end}${start}/>`;
}

const hubSvg = (type: string, width: number, note: string): string =>
  `<rect class="hub" x="1" y="1" width="${width - 2}" height="${hubHeight - 1}" rx="7"/>${textSvg('name on-hub', 12, 23, type)}${textSvg('note on-hub', 12, 41, note)}`;

const textSvg = (kind: string, x: number, y: number, text: string): string =>
  `<text class="${kind}" x="${x}" y="${y}">${escapeHtml(text)}</text>`;
